"""What keeps a published entry true: checks, addresses, merges, and the entries to read again when the law moves."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.utils import timezone

from errors_catalog.content import content_of
from errors_catalog.models import BestBet, EntryEvent, FormerAddress, FrequentError, RereadingRequest
from errors_catalog.services import editing

# What an editor says they checked, as the form offers it and the history keeps it.
CHECKED = {
    "sources": "les sources officielles",
    "deadlines": "les délais",
    "sanction": "les sanctions et le remboursement",
    "correction": "la marche à suivre et les rubriques",
    "contacts": "les contacts",
    "law": "les références juridiques",
}


@transaction.atomic
def record_check(error: FrequentError, *, checked: Iterable[str], by: User) -> None:
    """Date the entry of today, with what was checked; settle what was to be read again of that.

    Raises `ValidationError` when nothing was checked.
    """
    done = [name for name in CHECKED if name in checked]
    if not done:
        raise ValidationError("Cochez ce que vous avez vérifié.", code="nothing_checked")
    error = FrequentError.objects.select_for_update(of=["self"]).get(pk=error.pk)
    today = timezone.localdate()
    if "sources" in done:
        error.sources.update(checked_on=today)
    error.checked_on = today
    error.save(update_fields=["checked_on"])
    error.rereading_requests.filter(settled_at=None, about__in=done).update(settled_at=timezone.now(), settled_by=by)
    EntryEvent.objects.create(
        error=error,
        action=EntryEvent.Action.CHECKED,
        by=by,
        comment=", ".join(CHECKED[name] for name in done),
        content=content_of(error),
    )


def write_note(error: FrequentError, note: str) -> None:
    """Keep what editors tell each other; the public never reads it, and nobody has to agree."""
    FrequentError.objects.filter(pk=error.pk).update(editor_note=note)


@transaction.atomic
def set_expiry(error: FrequentError, day: date | None, *, by: User) -> None:
    """Say which day is the last that the public reads the entry, or that it stays."""
    FrequentError.objects.filter(pk=error.pk).update(expires_on=day)
    comment = f"Dernier jour public : le {day:%d/%m/%Y}." if day else "Plus de date de fin."
    EntryEvent.objects.create(error=error, action=EntryEvent.Action.EXPIRY_SET, by=by, comment=comment)


@transaction.atomic
def rename(error: FrequentError, slug: str, *, by: User) -> None:
    """Give an entry another address; the former one leads to it for ever. Raises `ValidationError`."""
    validate_slug(slug)
    error = FrequentError.objects.select_for_update(of=["self"]).get(pk=error.pk)
    taken = FormerAddress.objects.filter(slug=slug).exclude(error=error).exists()
    if taken or FrequentError.objects.filter(slug=slug).exists():
        raise ValidationError("Cette adresse est ou a été celle d'une erreur : choisissez-en une autre.", code="taken")
    former = error.slug
    FormerAddress.objects.filter(slug=slug).delete()  # it comes back to an address it once had
    error.slug = slug
    error.full_clean(exclude=[field.name for field in error._meta.fields if field.name != "slug"])
    error.save(update_fields=["slug"])
    if error.published_at:
        FormerAddress.objects.update_or_create(slug=former, defaults={"error": error})
    EntryEvent.objects.create(
        error=error, action=EntryEvent.Action.RENAMED, by=by, comment=f"De « {former} » à « {slug} »."
    )


@transaction.atomic
def merge(error: FrequentError, *, into: FrequentError, by: User) -> None:
    """Archive an entry whose readers find all they need in another: its addresses lead there for ever.

    What readers said of it stays with it: they judged its text, not the other's.
    """
    # Both are locked, in one order, and read again: each might be merged into the other at this moment.
    both = FrequentError.objects.select_for_update(of=["self"]).filter(pk__in=[error.pk, into.pk]).order_by("pk")
    entries = {entry.pk: entry for entry in both}
    error, into = entries[error.pk], entries[into.pk]
    if error == into or into.status != FrequentError.Status.PUBLISHED:
        raise ValidationError("Choisissez une autre erreur, publiée, qui répond à la place de celle-ci.", code="into")
    editing.archive(error, comment=f"Fusionnée dans « {into} ».", by=by)
    FormerAddress.objects.filter(error=error).update(error=into)
    FormerAddress.objects.update_or_create(slug=error.slug, defaults={"error": into})
    BestBet.objects.filter(error=error).exclude(wording__in=into.best_bets.values("wording")).update(error=into)
    BestBet.objects.filter(error=error).delete()
    for neighbour in FrequentError.objects.filter(related=error):
        neighbour.related.remove(error)
        if neighbour != into:
            neighbour.related.add(into)
    EntryEvent.objects.create(error=into, action=EntryEvent.Action.MERGED, by=by, comment=f"Avec « {error} ».")


@transaction.atomic
def ask_to_reread(errors: Iterable[FrequentError], *, cause: str, about: str = RereadingRequest.About.LAW) -> int:
    """List entries that lean on something that changed. Returns how many were not yet listed for this cause."""
    cause = cause[:300]
    waiting = RereadingRequest.objects.filter(cause=cause, settled_at=None)
    before = waiting.count()
    RereadingRequest.objects.bulk_create(
        (RereadingRequest(error=error, cause=cause, about=about) for error in errors), ignore_conflicts=True
    )
    return waiting.count() - before

"""What the team does of a document: every write goes through here, in one transaction, with a line of its story."""

import hashlib
from datetime import timedelta

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify

from simplification import jobs, services
from simplification.models import Document, DocumentAccess, Event, Rewriting, Submission, Transmission
from simplification.models.rewriting import RewritingQuerySet

State = Submission.State

# What the team may decide. The worker alone says that a document is checked.
TRANSITIONS: dict[str, list[str]] = {
    State.RECEIVED: [State.CLOSED],
    State.CHECKED: [State.REWRITING, State.FORWARDED, State.CLOSED],
    State.REWRITING: [State.FORWARDED, State.TESTED, State.PUBLISHED, State.CLOSED],
    State.FORWARDED: [State.REWRITING, State.TESTED, State.PUBLISHED, State.CLOSED],
    State.TESTED: [State.REWRITING, State.FORWARDED, State.PUBLISHED, State.CLOSED],
    State.PUBLISHED: [State.REWRITING, State.CLOSED],
    State.CLOSED: [State.REWRITING],
}
# What the sender reads, when the team writes nothing else.
LINES: dict[str, str] = {
    State.REWRITING: "L'équipe réécrit votre document.",
    State.FORWARDED: "Nous avons signalé ce document à l'administration.",
    State.TESTED: "La nouvelle version est relue par des personnes concernées.",
    State.PUBLISHED: "La nouvelle version de ce document est publiée.",
}
VISIT = timedelta(minutes=30)  # a file seen again meanwhile is the same visit


# --- One document -----------------------------------------------------------------------------------------------------


@transaction.atomic
def assign(submission: Submission, *, to: User | None, by: User) -> None:
    """Say who follows a document, or that nobody does."""
    locked = _locked(submission)
    if locked.assignee == to:
        return
    locked.assignee = to
    locked.save(update_fields=["assignee"])
    _tell(locked, f"Suivi par {to.get_username()}." if to else "Suivi par personne.", by=by, is_public=False)


@transaction.atomic
def write_notes(submission: Submission, *, notes: str, by: User) -> None:
    """Keep what the team notes for itself. It goes with the documents, after which nothing is noted."""
    locked = _locked(submission)
    if locked.notes == notes:
        return
    _refuse_erased(locked)
    locked.notes = notes
    locked.save(update_fields=["notes"])
    _tell(locked, "Notes modifiées.", by=by, is_public=False)


@transaction.atomic
def change_state(submission: Submission, state: str, *, line: str = "", reason: str = "", by: User) -> None:
    """Move a document along `TRANSITIONS`; its sender reads `line`, or the usual one, or why it is closed.

    Raises `ValidationError`: a step that does not exist, a closing without a reason, a publication without a rewriting.
    """
    locked = _locked(submission)
    if state not in TRANSITIONS.get(locked.state, []):
        raise ValidationError(
            f"Ce document est « {locked.get_state_display()} » : cette étape n'est pas possible.", code="transition"
        )
    if state == State.CLOSED and not reason:
        raise ValidationError("Dites pourquoi ce document est classé : la personne le lira.", code="no_reason")
    if state == State.PUBLISHED and not rewritings_of(locked).public().exists():
        raise ValidationError("Publiez d'abord une réécriture de ce document.", code="no_rewriting")
    if locked.files_deleted_at:  # what is written about a person after the deletion would never be deleted
        line, reason = "", reason and services.ERASED_REASON
    locked.closing_reason = reason if state == State.CLOSED else ""
    usual = f"Nous avons classé votre document : {reason}" if state == State.CLOSED else LINES[state]
    _move(locked, state, line or usual, by=by)


@transaction.atomic
def answer(submission: Submission, *, text: str, by: User) -> None:
    """Answer the sender, on the tracking page; an e-mail says so when they left an address.

    The same answer sent twice is sent once. The first one dates the answer. It goes with the documents; after them,
    raises `ValidationError`.
    """
    locked = _locked(submission)
    if locked.answer == text:
        return
    _refuse_erased(locked)
    locked.answer = text
    locked.answered_at = locked.answered_at or timezone.now()
    locked.save(update_fields=["answer", "answered_at"])
    _tell(locked, "L'équipe vous a répondu.", by=by)
    if locked.email:
        jobs.send_answer(locked)


def letter_to_administration(submission: Submission, rewriting: Rewriting | None) -> str:
    """What an administration is told: what is hard, how we would write it. Nothing of the person or of their file."""
    difficulties = [Submission.Difficulty(value).label for value in submission.difficulties]
    context = {"submission": submission, "difficulties": difficulties, "rewriting": rewriting}
    return render_to_string("simplification/emails/forwarded.txt", context)


def last_address(submission: Submission) -> str:
    """Where the last letter to the same administration was taken; nothing when none was."""
    if submission.administration_id is None:
        return ""
    taken = Transmission.objects.filter(submission__administration=submission.administration_id, sent_at__isnull=False)
    return taken.order_by("-at", "-pk").values_list("to", flat=True).first() or ""


@transaction.atomic
def forward(submission: Submission, *, to: str, rewriting: Rewriting | None = None, by: User) -> None:
    """Write to an administration. The same letter to the same address leaves once. Raises `ValidationError`."""
    locked = _locked(submission)
    if locked.state == State.RECEIVED:
        raise ValidationError("Attendez que ce document soit contrôlé.", code="not_checked")
    text = letter_to_administration(locked, rewriting)
    if locked.transmissions.filter(to=to, text=text, refused_at=None).exists():
        raise ValidationError("Cette lettre est déjà partie à cette adresse.", code="already_sent")
    transmission = Transmission.objects.create(submission=locked, to=to, text=text, by=by)
    jobs.forward(transmission)
    _tell(locked, f"Lettre à {to}."[:300], by=by, is_public=False)
    if State.FORWARDED in TRANSITIONS[locked.state] and locked.state not in Submission.ENDED:
        _move(locked, State.FORWARDED, LINES[State.FORWARDED], by=by)


@transaction.atomic
def end_transmission(transmission: Transmission, *, is_taken: bool) -> None:
    """Note that a letter left, or that its address refuses it for good: the team then reads what to do."""
    transmission.sent_at, transmission.refused_at = (timezone.now(), None) if is_taken else (None, timezone.now())
    transmission.save(update_fields=["sent_at", "refused_at"])
    if not is_taken:
        text = f"Lettre refusée par le serveur de {transmission.to} : vérifiez l'adresse, puis transmettez à nouveau."
        _tell(transmission.submission, text[:300], by=transmission.by, is_public=False)


def note_lost_letter(submission: Submission) -> None:
    """Tell the team that a letter to the person was given up."""
    text = "Une lettre à la personne n'a pas pu partir en cinq jours : elle lira la suite sur la page de suivi."
    _tell(submission, text, by=None, is_public=False)


@transaction.atomic
def ask_to_read(submission: Submission, rewriting: Rewriting, *, by: User) -> None:
    """Write to a person who agreed to it, to have a new version read. Raises `ValidationError`: not twice the same."""
    locked = _locked(submission)
    if not (locked.agrees_to_test and locked.email):
        raise ValidationError("Cette personne n'a pas accepté de relire, ou son adresse est effacée.", code="no_reader")
    line = f"Relecture demandée à la personne : {rewriting.title}"[:300]
    if locked.events.filter(text=line).exists():
        raise ValidationError("Cette personne a déjà reçu cette version à relire.", code="already_asked")
    jobs.ask_to_read(locked, rewriting)
    _tell(locked, line, by=by, is_public=False)
    if State.TESTED in TRANSITIONS[locked.state]:
        _move(locked, State.TESTED, LINES[State.TESTED], by=by)


def log_view(document: Document, *, by: User) -> None:
    """Write that somebody sees a file: once a visit, however many of its pages are opened."""
    seen = DocumentAccess.objects.filter(
        document=document, by=by, action=DocumentAccess.Action.VIEW, at__gt=timezone.now() - VISIT
    )
    if not seen.exists():
        DocumentAccess.objects.create(document=document, by=by, action=DocumentAccess.Action.VIEW)


def log_download(document: Document, *, by: User) -> None:
    """Write that somebody takes an original, each time."""
    DocumentAccess.objects.create(document=document, by=by, action=DocumentAccess.Action.DOWNLOAD)


# --- Rewritings -------------------------------------------------------------------------------------------------------


def rewritings_of(submission: Submission) -> RewritingQuerySet:
    """The rewritings of this document, and those of the same letter sent by others."""
    same_letter = Q(submission=submission)
    if submission.group_id:
        same_letter |= Q(submission__group=submission.group_id)
    return Rewriting.objects.filter(same_letter)


def version(rewriting: Rewriting) -> str:
    """A print of what a rewriting says: who saves or approves sends back the one they read."""
    parts = [rewriting.title, rewriting.before, rewriting.after, rewriting.changes]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


@transaction.atomic
def save_rewriting(rewriting: Rewriting, *, seen: str = "", by: User) -> None:
    """Save what was written. Whoever wrote last is its author, and what waited for an approval is a draft again.

    `seen` is the `version` that the writer started from. Raises `ValidationError` when it is not the one kept, or when
    the public reads it.
    """
    is_new = rewriting.pk is None
    if is_new:
        rewriting.slug = _free_slug(rewriting.title)
    else:
        kept = _locked_rewriting(rewriting, seen=seen)
        if kept.status == Rewriting.Status.PUBLISHED:
            raise ValidationError("Retirez d'abord cette réécriture de la galerie.", code="published")
    rewriting.status = Rewriting.Status.DRAFT
    rewriting.written_by = by
    rewriting.approved_by = rewriting.published_at = None
    rewriting.save()
    if rewriting.submission:
        submission = _locked(rewriting.submission)
        verb = "commencée" if is_new else "modifiée"
        _tell(submission, f"Réécriture {verb} : {rewriting.title}", by=by, is_public=False)
        if submission.state == State.CHECKED:
            _move(submission, State.REWRITING, LINES[State.REWRITING], by=by)


@transaction.atomic
def propose(rewriting: Rewriting, *, seen: str, by: User) -> None:
    """Ask another person to read a draft. Raises `ValidationError`."""
    kept = _locked_rewriting(rewriting, seen=seen)
    if kept.status != Rewriting.Status.DRAFT:
        raise ValidationError("Seul un brouillon peut être proposé.", code="not_draft")
    kept.status = Rewriting.Status.PROPOSED
    kept.save(update_fields=["status"])
    if kept.submission:
        _tell(kept.submission, f"Réécriture proposée : {kept.title}", by=by, is_public=False)


@transaction.atomic
def approve(rewriting: Rewriting, *, seen: str, by: User) -> None:
    """Publish a proposed rewriting in the gallery. Raises `ValidationError`: not by its author, nor unread."""
    kept = _locked_rewriting(rewriting, seen=seen)
    if kept.status != Rewriting.Status.PROPOSED:
        raise ValidationError("Seule une réécriture proposée peut être publiée.", code="not_proposed")
    if kept.written_by == by:
        raise ValidationError("Une autre personne doit relire cette réécriture.", code="same_person")
    kept.status = Rewriting.Status.PUBLISHED
    kept.approved_by = by
    kept.published_at = timezone.now()
    kept.save(update_fields=["status", "approved_by", "published_at"])
    if kept.submission:
        submission = _locked(kept.submission)
        if submission.state in Submission.ENDED:
            _tell(submission, LINES[State.PUBLISHED], by=by)
        else:
            _move(submission, State.PUBLISHED, LINES[State.PUBLISHED], by=by)


@transaction.atomic
def unpublish(rewriting: Rewriting, *, by: User) -> None:
    """Take a rewriting out of the gallery: a draft again. Raises `ValidationError`."""
    kept = _locked_rewriting(rewriting)
    if kept.status != Rewriting.Status.PUBLISHED:
        raise ValidationError("Cette réécriture n'est pas publiée.", code="not_published")
    kept.status = Rewriting.Status.DRAFT
    kept.approved_by = kept.published_at = None
    kept.save(update_fields=["status", "approved_by", "published_at"])
    if kept.submission:
        submission = _locked(kept.submission)
        line = "La nouvelle version est retirée, le temps de la corriger."
        if submission.state == State.PUBLISHED and not rewritings_of(submission).public().exists():
            _move(submission, State.REWRITING, line, by=by)
        else:
            _tell(submission, f"Réécriture retirée : {kept.title}", by=by, is_public=False)


# --- What these share -------------------------------------------------------------------------------------------------


def _locked(submission: Submission) -> Submission:
    return Submission.objects.sent().select_for_update().get(pk=submission.pk)


def _locked_rewriting(rewriting: Rewriting, *, seen: str | None = None) -> Rewriting:
    kept = Rewriting.objects.select_for_update(of=["self"]).get(pk=rewriting.pk)
    if seen is not None and version(kept) != seen:
        raise ValidationError(
            "Quelqu'un a modifié cette réécriture depuis que vous l'avez ouverte : relisez-la.", code="changed"
        )
    return kept


def _refuse_erased(submission: Submission) -> None:
    """What is written about a person after the deletion would never be deleted."""
    if submission.files_deleted_at:
        raise ValidationError(
            "Les documents de cette personne sont effacés : rien de plus ne s'écrit à son sujet.", code="erased"
        )


def _tell(submission: Submission, text: str, *, by: User | None, is_public: bool = True) -> None:
    Event.objects.create(submission=submission, text=text, is_public=is_public, by=by)


def _move(submission: Submission, state: str, line: str, *, by: User) -> None:
    """Change the state of a locked row; the day its files go follows from its end."""
    submission.state = state
    submission.ended_at = (submission.ended_at or timezone.now()) if state in Submission.ENDED else None
    submission.purge_on = services.end_of_keeping(submission, timezone.localdate(submission.ended_at))
    submission.save(update_fields=["state", "ended_at", "purge_on", "closing_reason"])
    _tell(submission, line, by=by)


def _free_slug(title: str) -> str:
    base = slugify(title)[:100] or "reecriture"
    taken = set(Rewriting.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in [base, *numbered] if slug not in taken)

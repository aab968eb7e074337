"""What entries lean on, the law and the administrations: when one of them changes, its entries are to be read again."""

from collections.abc import Iterable

from errors_catalog.models import Administration, ContactChannel, FrequentError, LegalReference, RereadingRequest
from errors_catalog.querysets import FrequentErrorQuerySet
from errors_catalog.services import care

Reference = Administration | LegalReference

# What an entry repeats, or relies on. A change of the rest (a date of check, opening hours) makes no text false.
TOLD: dict[type, list[str]] = {
    Administration: ["name", "short_name", "handles", "url"],
    ContactChannel: ["kind", "label", "value", "url"],
    LegalReference: ["code", "article", "summary", "url"],
}


def leaning_on(reference: Reference) -> FrequentErrorQuerySet:
    """The entries that lean on it, whatever their state."""
    if isinstance(reference, Administration):
        return FrequentError.objects.for_administration(reference.slug)
    return FrequentError.objects.for_legal_reference(reference.slug)


def changed(row: Reference | ContactChannel) -> list[str]:
    """The names of what entries repeat of this row, and that differ from what is stored: to ask before it is saved."""
    stored = type(row)._default_manager.filter(pk=row.pk).first()
    if stored is None:
        return []
    names = [name for name in TOLD[type(row)] if getattr(stored, name) != getattr(row, name)]
    return [str(field.verbose_name) for field in row._meta.fields if field.name in names]


def ask_to_reread(reference: Reference, changes: Iterable[str]) -> int:
    """List the published entries that lean on it, for what changed. Returns how many were not yet listed for it."""
    cause = f"{reference} : {', '.join(changes)}"
    is_law = isinstance(reference, LegalReference)
    about = RereadingRequest.About.LAW if is_law else RereadingRequest.About.CONTACTS
    return care.ask_to_reread(leaning_on(reference).public(), cause=cause, about=about)

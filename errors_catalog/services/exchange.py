"""Writes what an editor changed in a table and saw in its preview: all of it, or nothing."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from errors_catalog import content as documents
from errors_catalog.content import Content
from errors_catalog.models import FrequentError
from errors_catalog.services import editing


@dataclass(frozen=True)
class Wanted:
    """What an entry must say. `seen` is the fingerprint of what it said in the preview, "" when it did not exist."""

    slug: str
    seen: str
    content: Content


@transaction.atomic
def write_all(wanted: list[Wanted], *, by: User) -> None:
    """Write each entry: a draft in place, a public one as a proposal, one that is not there as a new draft.

    Raises `ValidationError` for the first that can no longer be written, and then writes none.
    """
    for one in sorted(wanted, key=lambda one: one.slug):
        error = FrequentError.objects.select_for_update(of=["self"]).filter(slug=one.slug).first()
        seen = editing.version(error) if error else ""
        if seen != one.seen:
            raise ValidationError(
                f"« {one.slug} » a changé depuis l'aperçu : envoyez de nouveau le fichier.", code="changed_meanwhile"
            )
        if error:
            editing.write(error, one.content, by=by)
        else:
            _create(one, by=by)


def _create(wanted: Wanted, *, by: User) -> None:
    error = FrequentError(slug=wanted.slug)
    try:
        documents.apply(error, wanted.content)
    except documents.DoesNotFit as refusal:
        raise ValidationError(f"« {wanted.slug} » : {refusal}", code="does_not_fit") from refusal
    editing.record_draft(error, by=by)

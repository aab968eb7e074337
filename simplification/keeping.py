"""How long things are kept: drafts a day, documents a year at most, and no file that nothing names."""

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from simplification import services
from simplification.models import Document, DocumentPage, Submission
from simplification.storage import documents

logger = logging.getLogger(__name__)
CAP = 0.20  # share of the kept submissions that one night may purge: more means a clock or a rule gone wrong
FEWEST = 20  # under which the cap does not apply
ORPHAN_AGE = timedelta(minutes=10)  # a file whose row is not yet committed is younger


class TooManyToPurge(Exception):  # noqa: N818  # a refusal, not a fault
    """More would go in one night than is plausible: somebody must look first."""


@dataclass(frozen=True)
class Sweep:
    """Files that no row names, deleted; rows whose file is gone, to look into."""

    orphans: list[str]
    missing: list[str]


def due() -> QuerySet[Submission]:
    """Submissions whose documents are to be deleted today."""
    return Submission.objects.sent().filter(purge_on__lte=timezone.localdate(), files_deleted_at__isnull=True)


def purge() -> int:
    """Delete the documents whose time has come. Raises `TooManyToPurge` and deletes nothing beyond the cap."""
    waiting = list(due())
    kept = Submission.objects.sent().filter(files_deleted_at__isnull=True).count()
    if len(waiting) > max(FEWEST, CAP * kept):
        logger.error("Purge stopped: %s submissions of %s would lose their documents.", len(waiting), kept)
        raise TooManyToPurge(f"{len(waiting)} documents sur {kept} seraient effacés : vérifiez la date de la machine.")
    for submission in waiting:
        services.delete_documents(submission)
    return len(waiting)


def drop_drafts() -> int:
    """Forget the forms begun more than a day ago and never sent."""
    limit = timezone.now() - services.DRAFT_KEPT
    drafts = Submission.objects.filter(state=Submission.State.DRAFT, created_at__lt=limit)
    for draft in drafts:
        with suppress(services.AlreadySent):
            services.drop(draft)
    return len(drafts)


def sweep() -> Sweep:
    """Delete the files that no row names; list the rows whose file is gone."""
    named = set(DocumentPage.objects.values_list("stored_as", flat=True))
    for columns in Document.objects.values_list("stored_as", "text_stored_as"):
        named.update(filter(None, columns))
    stored = set(documents().names())
    limit = timezone.now() - ORPHAN_AGE
    orphans = [name for name in sorted(stored - named) if documents().written_at(name) < limit]
    for name in orphans:
        documents().delete(name)
    missing = sorted(named - stored)
    for name in missing:
        logger.error("A document names a file that is gone: %s", name)
    return Sweep(orphans, missing)

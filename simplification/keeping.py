"""How long things are kept: drafts a day, documents a year at most, and no file that nothing names."""

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from simplification import jobs, services
from simplification.models import Document, DocumentPage, Submission
from simplification.storage import documents

logger = logging.getLogger(__name__)
CAP = 0.20  # share of the kept submissions that one night may purge: more means a clock or a rule gone wrong
FEWEST = 20  # under which the cap does not apply
CHECKED_WITHIN = timedelta(hours=1)
FORGOTTEN = "oublié-"  # no token that is drawn has such a letter
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


def overdue() -> QuerySet[Submission]:
    """Those that a night left behind: the purge stopped, or could not delete them."""
    return due().filter(purge_on__lt=timezone.localdate())


def purge(*, expected: int | None = None) -> int:
    """Delete the documents whose time has come; returns how many submissions lost theirs.

    Raises `TooManyToPurge` and deletes nothing beyond the cap, unless exactly as many go as somebody `expected`.
    """
    waiting = list(due())
    kept = Submission.objects.sent().filter(files_deleted_at__isnull=True).count()
    is_plausible = len(waiting) <= max(FEWEST, CAP * kept) if expected is None else len(waiting) == expected
    if not is_plausible:
        logger.error("Purge stopped: %s submissions of %s would lose their documents.", len(waiting), kept)
        raise TooManyToPurge(f"{len(waiting)} documents sur {kept} seraient effacés : vérifiez la date de la machine.")
    return sum(map(_is_purged, waiting))


def drop_drafts() -> int:
    """Forget the forms begun more than a day ago and never sent."""
    limit = timezone.now() - services.DRAFT_KEPT
    drafts = Submission.objects.filter(state=Submission.State.DRAFT, created_at__lt=limit)
    for draft in drafts:
        with suppress(services.AlreadySent):
            services.drop(draft)
    return len(drafts)


def ask_again() -> None:
    """Give the worker back what waits for its check and was given up: a job that failed for good, a key put back."""
    jobs_left = ProcrastinateJob.objects.filter(task_name="simplification.tasks.process", status__in=["todo", "doing"])
    looked_after = {job.args["submission_id"] for job in jobs_left}
    limit = timezone.now() - CHECKED_WITHIN
    for submission in Submission.objects.filter(state=Submission.State.RECEIVED, received_at__lt=limit):
        if submission.pk not in looked_after:
            jobs.process(submission)


def forget_tokens() -> int:
    """Forget the token of the forms sent more than a day ago: the key was made of it, and its digest alone stays.

    Their receipts open no more. Before, a form sent again by mistake still finds its number there.
    """
    limit = timezone.now() - services.DRAFT_KEPT
    known = Submission.objects.sent().filter(received_at__lt=limit).exclude(token__startswith=FORGOTTEN)
    return known.update(token=Concat(Value(FORGOTTEN), "pk", output_field=CharField()))


def sweep() -> Sweep:
    """Delete the files that no row names; list the rows whose file is gone."""
    named = set(DocumentPage.objects.values_list("stored_as", flat=True))
    for columns in Document.objects.values_list("stored_as", "text_stored_as"):
        named.update(filter(None, columns))
    stored = set(documents().names())
    limit = timezone.now() - ORPHAN_AGE
    orphans = [name for name in sorted(stored - named) if _is_older(name, limit)]
    for name in orphans:
        documents().delete(name)
    missing = sorted(named - stored)
    for name in missing:
        logger.error("A document names a file that is gone: %s", name)
    return Sweep(orphans, missing)


def _is_purged(submission: Submission) -> bool:
    """One that cannot be deleted holds back no other: the next night tries again, and the team sees it meanwhile."""
    try:
        services.delete_documents(submission)
    except DatabaseError:
        logger.exception("The documents of %s could not be deleted.", submission.number)
        return False
    return True


def _is_older(name: str, limit: datetime) -> bool:
    try:
        return documents().written_at(name) < limit
    except FileNotFoundError:  # deleted since it was listed
        return False

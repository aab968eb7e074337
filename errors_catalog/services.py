"""Every write to the catalogue."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from common.personal_data import masked
from errors_catalog.models import FrequentError, ReaderMessage, SearchLog


@transaction.atomic
def save_error(error: FrequentError, *, by: AbstractBaseUser) -> None:
    """Save what an editor wrote. A first publication is dated; a later one keeps its first date."""
    if error.status == FrequentError.Status.PUBLISHED and error.published_at is None:
        error.published_at = timezone.now()
    error._history_user = by  # type: ignore[attr-defined]  # read by django-simple-history
    error.save()


def report_missing_error(text: str, *, query: str) -> None:
    """Keep what a reader did not find, without what would tell who they are."""
    ReaderMessage.objects.create(kind=ReaderMessage.Kind.MISSING, query=masked(query), text=masked(text))


@transaction.atomic
def add_keyword(error: FrequentError, wording: str, *, by: AbstractBaseUser) -> None:
    """Make an entry answer to a wording, and take the wording off the list of searches to deal with."""
    if wording not in error.keywords:
        error.keywords = [*error.keywords, wording]
        save_error(error, by=by)
    settle_query(wording, SearchLog.Verdict.DONE)


def settle_query(query: str, verdict: SearchLog.Verdict) -> None:
    """Say what became of a search: every day it was made is settled at once."""
    SearchLog.objects.filter(query=query).update(verdict=verdict)

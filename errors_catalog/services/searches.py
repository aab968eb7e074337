"""What editors decide of what people search."""

from django.contrib.auth.models import User
from django.db import transaction

from errors_catalog.models import FrequentError, SearchLog
from errors_catalog.services import editing


@transaction.atomic
def add_keyword(error: FrequentError, wording: str, *, by: User) -> None:
    """Make an entry answer to a wording, and take the wording off the list of searches to deal with.

    On a published entry it is a proposal, as any other change. Raises `ValidationError` when it is not the time.
    """
    error = FrequentError.objects.select_for_update(of=["self"]).get(pk=error.pk)
    content = editing.written(error)
    if wording not in content["keywords"]:
        editing.write(error, {**content, "keywords": [*content["keywords"], wording]}, by=by)
    settle_query(wording, SearchLog.Verdict.DONE)


def settle_query(query: str, verdict: SearchLog.Verdict) -> None:
    """Say what became of a search: every day it was made is settled at once."""
    SearchLog.objects.filter(query=query).update(verdict=verdict)

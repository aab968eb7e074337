"""What a change to the search would do, tried and undone: the first answers before and after."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from errors_catalog.models import FrequentError, SearchLog
from errors_catalog.search import engine, index

SHOWN = 5


@dataclass(frozen=True)
class Comparison:
    """The titles that answer a query, before a change and after it."""

    query: str
    before: list[str]
    after: list[str]


def compare(change: Callable[[], object], wording: str) -> list[Comparison]:
    """Try the change on its own wording and on the five queries most often typed that hold it; keep nothing."""
    typed = SearchLog.objects.filter(query__icontains=wording).exclude(query__iexact=wording)
    others = typed.order_by("-times").values_list("query", flat=True).distinct()[:SHOWN]
    queries = list(dict.fromkeys([wording, *others]))
    before = [_first_titles(query) for query in queries]
    with transaction.atomic():
        change()
        index.write_synonyms()
        after = [_first_titles(query) for query in queries]
        transaction.set_rollback(True)
    return [Comparison(*row) for row in zip(queries, before, after, strict=True)]


def _first_titles(query: str) -> list[str]:
    hits = engine.search(query).hits[:SHOWN]
    return list(FrequentError.objects.public().in_order(hits).values_list("title", flat=True))

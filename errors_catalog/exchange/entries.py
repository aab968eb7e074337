"""Entries as documents, many at once: what the editors have written of each, in a fixed number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from import_export.resources import Resource
from tablib import Dataset

from errors_catalog.content import Content, as_written
from errors_catalog.exchange.cells import HEADERS, line_of
from errors_catalog.models import Deadline, FrequentError, Proposal
from errors_catalog.querysets import FrequentErrorQuerySet


@dataclass(frozen=True)
class Entry:
    """An entry, what `editing.written` says of it, and the proposal that is open on it."""

    error: FrequentError
    content: Content
    proposal: Proposal | None


def written(errors: FrequentErrorQuerySet) -> Iterator[Entry]:
    """Each of these entries, as the editors left it."""
    neighbours = FrequentError.objects.only("slug").order_by()
    complete = (
        errors.select_related("administration")
        .with_life_events()
        .prefetch_related(
            "other_administrations",
            "legal_references",
            Prefetch("related", queryset=neighbours),
            Prefetch("deadlines", queryset=Deadline.objects.select_related("legal_reference")),
            "sources",
            Prefetch("proposals", queryset=Proposal.objects.open(), to_attr="open_proposals"),
        )
    )
    for error in complete:
        proposal = next(iter(error.open_proposals), None)
        yield Entry(error, as_written(error, proposal), proposal)


class EntryResource(Resource):
    """What the export page of the admin puts in its tables."""

    @classmethod
    def get_display_name(cls) -> str:
        return "Erreurs fréquentes"

    def export(self, queryset: FrequentErrorQuerySet, **kwargs: Any) -> Dataset:
        return Dataset(
            *(line_of(entry.error.slug, entry.content) for entry in written(queryset.order_by("slug"))), headers=HEADERS
        )

"""The vocabulary of the catalogue. Views, feeds and sitemaps chain these; they write no filter of their own."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Exists, F, Func, OuterRef, Prefetch, Q, QuerySet, Value

from common.models import Row_co, SlugQuerySet


class FrequentErrorQuerySet(SlugQuerySet[Any]):
    def public(self) -> Self:
        """What anyone may read: the one definition, for pages, feeds, sitemap and search."""
        return self.filter(status="published")

    def archived(self) -> Self:
        """What was public and is no more: its addresses still answer, its words do not."""
        return self.filter(status="archived")

    def with_life_events(self) -> Self:
        links = self.model.life_events.through.objects.select_related("life_event").order_by("position")
        return self.prefetch_related(Prefetch("life_event_links", queryset=links))

    def for_cards(self) -> Self:
        """Load what a card shows, in a number of queries that does not depend on the page."""
        return self.select_related("administration").with_life_events().without_texts()

    def without_texts(self) -> Self:
        """Leave unread what only the page of an entry, or its editors, read."""
        return self.defer(*self.model.SECTIONS, "editor_note")

    def with_details(self) -> Self:
        """Load what an entry's page shows, in a fixed number of queries."""
        deadlines = self.model.deadlines.rel.related_model.objects.select_related("legal_reference")
        related = self.model.objects.public().select_related("administration").order_by("slug")
        return (
            self.select_related("administration")
            .with_life_events()
            .prefetch_related(
                "administration__channels",
                "other_administrations",
                "legal_references",
                Prefetch("deadlines", queryset=deadlines),
                "sources",
                Prefetch("related", queryset=related.without_texts()),
            )
        )

    def for_life_event(self, slug: str) -> Self:
        return self.filter(
            Exists(self.model.life_events.through.objects.filter(error=OuterRef("pk"), life_event__slug=slug))
        )

    def for_administration(self, slug: str) -> Self:
        """Errors that this administration deals with, as the first contact or as another one."""
        others = self.model.other_administrations.through.objects
        return self.filter(
            Q(administration__slug=slug)
            | Exists(others.filter(frequenterror=OuterRef("pk"), administration__slug=slug))
        )

    def in_order(self, keys: list[int]) -> Self:
        """These errors, in the order of their primary keys."""
        position = Func(Value(keys, ArrayField(BigIntegerField())), F("pk"), function="array_position")
        return self.filter(pk__in=keys).order_by(position)


class OfErrorQuerySet(QuerySet[Row_co]):
    """Rows that belong to an error, known by its slug and their position."""

    def get_by_natural_key(self, error: str, position: int) -> Row_co:
        return self.get(error__slug=error, position=position)

"""The vocabulary of the catalogue. Views, feeds and sitemaps chain these; they write no filter of their own."""

from datetime import timedelta
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Count, Exists, F, Func, OuterRef, Prefetch, Q, QuerySet, Value
from django.utils import timezone

from common.models import Row_co, SlugQuerySet

# When readers make an entry worth rereading: enough « non » of late that nobody settled, and too few « oui » beside.
OPINIONS_COUNT_FOR = timedelta(days=90)
FEWEST_UNHELPFUL = 5
LOW_HELPFUL_SHARE = 0.6


class FrequentErrorQuerySet(SlugQuerySet[Any]):
    def public(self) -> Self:
        """What anyone may read: the one definition, for pages, feeds, sitemap and search."""
        return self.filter(status="published")

    def gone_from(self, slug: str) -> Self:
        """What was public at this address and is no more, archived or written again: it answers, its words do not."""
        at_address = Q(slug=slug) | Q(former_addresses__slug=slug)
        return self.filter(at_address, published_at__isnull=False).exclude(status="published")

    def with_life_events(self) -> Self:
        links = self.model.life_events.through.objects.select_related("life_event").order_by("position")
        return self.prefetch_related(Prefetch("life_event_links", queryset=links))

    def for_cards(self) -> Self:
        """Load what a card shows, in a number of queries that does not depend on the page."""
        return self.select_related("administration").with_life_events().without_texts()

    def without_texts(self) -> Self:
        """Leave unread what only the page of an entry, or its editors, read."""
        return self.defer(*self.model.SECTIONS, "links", "editor_note")

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
                # Aside: who writes the entry again must still find, in `related`, those that are not public.
                Prefetch("related", queryset=related.without_texts(), to_attr="public_neighbours"),
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

    def for_legal_reference(self, slug: str) -> Self:
        """Errors that cite this article, for their right or for one of their deadlines."""
        cited = self.model.legal_references.through.objects.filter(
            frequenterror=OuterRef("pk"), legalreference__slug=slug
        )
        deadlines = self.model.deadlines.rel.related_model.objects.filter(
            error=OuterRef("pk"), legal_reference__slug=slug
        )
        return self.filter(Exists(cited) | Exists(deadlines))

    def marked_unhelpful(self) -> Self:
        """Entries that readers mark unhelpful, the most often first, each with its `helpful` and `unhelpful` of late.

        An entry is there for `FEWEST_UNHELPFUL` « non » that are still open, when the share of « oui » among all its
        answers is below `LOW_HELPFUL_SHARE`. It leaves the list once its messages are settled.
        """
        since = timezone.now() - OPINIONS_COUNT_FOR
        messages = self.model.reader_messages.rel.related_model.objects.filter(created_at__gte=since)
        # Few entries have enough « non » to settle: the votes of those alone are then counted.
        complaints = messages.open().filter(kind="unhelpful").values("error").annotate(count=Count("pk"))
        candidates = complaints.filter(count__gte=FEWEST_UNHELPFUL).order_by().values("error")
        helpful = Q(reader_messages__kind="helpful")
        unhelpful = Q(reader_messages__kind="unhelpful")
        return (
            self.filter(helpful | unhelpful, pk__in=candidates, reader_messages__created_at__gte=since)
            .annotate(
                helpful=Count("reader_messages", filter=helpful),
                unhelpful=Count("reader_messages", filter=unhelpful),
            )
            .filter(helpful__lt=(F("helpful") + F("unhelpful")) * LOW_HELPFUL_SHARE)
            .order_by("-unhelpful", "slug")
        )

    def in_order(self, keys: list[int]) -> Self:
        """These errors, in the order of their primary keys."""
        position = Func(Value(keys, ArrayField(BigIntegerField())), F("pk"), function="array_position")
        return self.filter(pk__in=keys).order_by(position)


class OfErrorQuerySet(QuerySet[Row_co]):
    """Rows that belong to an error, known by its slug and their position."""

    def get_by_natural_key(self, error: str, position: int) -> Row_co:
        return self.get(error__slug=error, position=position)

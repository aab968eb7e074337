"""The vocabulary of the catalogue. Views, feeds and sitemaps chain these; they write no filter of their own."""

import re
import unicodedata
from typing import Self

from django.contrib.postgres.lookups import Unaccent
from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import Exists, F, Model, OuterRef, Prefetch, Q, QuerySet, Value

from common.models import SlugQuerySet

TEXT_SEARCH_CONFIG = "public.oups_french"
MAX_TERMS = 12
TYPO_TOLERANCE = 0.4
UNREAD_BY_CARDS = ["situation", "sanction", "repayment", "correction", "prevention", "editor_note", "search_vector"]


def search_terms(words: str) -> list[str]:
    """The words of a query that a text search can use: lower case, without accents, twelve at most.

    >>> search_terms("Trop-perçu d'APL !")
    ['trop', 'percu', 'd', 'apl']
    """
    plain = unicodedata.normalize("NFKD", words.lower().replace("œ", "oe").replace("æ", "ae"))
    return re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))[:MAX_TERMS]


class FrequentErrorQuerySet(SlugQuerySet):
    def public(self) -> Self:
        """What anyone may read: the one definition, for pages, feeds, sitemap and search."""
        return self.filter(status="published")

    def with_life_events(self) -> Self:
        links = self.model.life_events.through.objects.select_related("life_event").order_by("position")
        return self.prefetch_related(Prefetch("life_event_links", queryset=links))

    def for_cards(self) -> Self:
        """Load what a card shows, in a number of queries that does not depend on the page."""
        return self.select_related("administration").with_life_events().defer(*UNREAD_BY_CARDS)

    def with_details(self) -> Self:
        """Load what an entry's page shows, in a fixed number of queries."""
        deadlines = self.model.deadlines.rel.related_model.objects.select_related("legal_reference")
        related = self.model.objects.public().select_related("administration").order_by("slug")
        return (
            self.select_related("administration")
            .with_life_events()
            .defer("search_vector")
            .prefetch_related(
                "administration__channels",
                "other_administrations",
                "legal_references",
                Prefetch("deadlines", queryset=deadlines),
                "sources",
                Prefetch("related", queryset=related.defer(*UNREAD_BY_CARDS)),
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

    def matching(self, words: str) -> Self:
        """Rank by full text, any word; when nothing answers, forgive a typo in the title."""
        query = SearchQuery(" | ".join(search_terms(words)), config=TEXT_SEARCH_CONFIG, search_type="raw")
        found = self.filter(search_vector=query).alias(rank=SearchRank(F("search_vector"), query))
        if found.exists():
            return found.order_by("-rank", "slug")
        likeness = TrigramWordSimilarity(Unaccent(Value(words)), Unaccent("title"))
        return self.alias(likeness=likeness).filter(likeness__gte=TYPO_TOLERANCE).order_by("-likeness", "slug")


class OfErrorQuerySet(QuerySet):
    """Rows that belong to an error, known by its slug and their position."""

    def get_by_natural_key(self, error: str, position: int) -> Model:
        return self.get(error__slug=error, position=position)

"""The list of errors as an Atom feed: what was checked lately, or what a search finds."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from errors_catalog.filters import FrequentErrorFilter
from errors_catalog.list_views import PAGE_SIZE, filtered
from errors_catalog.models import FrequentError


class ErrorFeed(Feed):
    """The first page of the list that the address asks for."""

    feed_type = Atom1Feed
    author_name = settings.PUBLISHER

    def get_object(self, request: HttpRequest) -> FrequentErrorFilter:
        return filtered(request)[0]

    def title(self, filters: FrequentErrorFilter) -> str:
        labels = [f"« {filters.words} »"] if filters.words else []
        return " – ".join(["Oups, les erreurs fréquentes", *labels, *(label for _, label in filters.applied)])

    def link(self, filters: FrequentErrorFilter) -> str:
        query = filters.data.urlencode()
        return reverse("errors_catalog:list") + (f"?{query}" if query else "")

    def items(self, filters: FrequentErrorFilter) -> QuerySet[FrequentError]:
        return filters.qs[:PAGE_SIZE]

    def item_title(self, error: FrequentError) -> str:
        return error.title

    def item_description(self, error: FrequentError) -> str:
        return error.summary

    def item_updateddate(self, error: FrequentError) -> datetime | None:
        return datetime.combine(error.checked_on, time(), UTC) if error.checked_on else None

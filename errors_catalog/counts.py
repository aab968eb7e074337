"""Life events and administrations with their number of public errors, each in one query."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from errors_catalog.models import Administration, FrequentError
from life_events.models import LifeEvent


def life_events_with_counts() -> QuerySet[Any]:
    """In order of display, each with `error_count`."""
    errors = FrequentError.objects.public().filter(life_events=OuterRef("pk"))
    return LifeEvent.objects.annotate(error_count=_count(errors))


def administrations_with_counts() -> QuerySet[Any]:
    """Each with `error_count`: the errors it deals with first, and those it shares."""
    errors = FrequentError.objects.public()
    first = errors.filter(administration=OuterRef("pk"))
    shared = errors.filter(other_administrations=OuterRef("pk")).exclude(administration=OuterRef("pk"))
    return Administration.objects.annotate(error_count=_count(first) + _count(shared))


def _count(errors: QuerySet) -> Coalesce:
    """Count, in a subquery, of errors tied to the outer row."""
    counted = errors.order_by().annotate(one=Value(1)).values("one").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

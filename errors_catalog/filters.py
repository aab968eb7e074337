"""The query string of the list, as a public interface: its names are in French and never change."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django.db.models import Count, F

from common.models import Audience
from errors_catalog.forms import QueryField
from errors_catalog.models import Administration, FrequentError
from errors_catalog.querysets import FrequentErrorQuerySet
from errors_catalog.search import engine
from life_events.models import LifeEvent

# Each filter with the column that holds its values.
FACETS = {
    "public": "audience",
    "evenement": "life_events__slug",
    "administration": "administration__slug",
    "droit": "right_to_error",
}


@dataclass(frozen=True)
class Choice:
    """A value of a filter, and how many errors it would show."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter of the list, as the form shows it."""

    name: str
    label: str
    empty_label: str
    choices: list[Choice]


class QueryFilter(django_filters.CharFilter):
    field_class = QueryField


class FrequentErrorFilter(django_filters.FilterSet):
    """The filters of the list, its order, and how many errors each choice would show."""

    q = QueryFilter(label="Rechercher", method="search")
    public = django_filters.ChoiceFilter(
        label="Vous êtes", field_name="audience", choices=Audience, empty_label="Tout le monde"
    )
    evenement = django_filters.ChoiceFilter(
        label="Situation", method="filter_life_event", choices=[], empty_label="Toutes les situations"
    )
    administration = django_filters.ChoiceFilter(
        label="Administration",
        method="filter_administration",
        choices=[],
        empty_label="Toutes les administrations",
    )
    droit = django_filters.ChoiceFilter(
        label="Droit à l'erreur",
        field_name="right_to_error",
        choices=FrequentError.RightToError,
        empty_label="Tous les cas",
    )
    tri = django_filters.ChoiceFilter(
        label="Trier par",
        method="sort",
        choices=[("verification", "vérifiées récemment"), ("titre", "titre")],
        empty_label="pertinence, puis date",
    )

    class Meta:
        model = FrequentError
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Read here, once a request: a callable would be called again for each use of the choices.
        for name, rows in (("evenement", LifeEvent.objects.all()), ("administration", Administration.objects.all())):
            self.filters[name].extra["choices"] = [(row.slug, str(row)) for row in rows]
        self.form.full_clean()  # what follows reads what it keeps

    @cached_property
    def answer(self) -> engine.Answer:
        """What the search says of the words typed."""
        return engine.search(self.words, exact="exact" in self.data)

    @property
    def words(self) -> str:
        """The words typed, as the page repeats them."""
        return self.form.cleaned_data["q"]

    def search(self, queryset: FrequentErrorQuerySet, name: str, value: str) -> FrequentErrorQuerySet:
        return queryset.in_order(self.answer.hits)

    def filter_life_event(self, queryset: FrequentErrorQuerySet, name: str, value: str) -> FrequentErrorQuerySet:
        return queryset.for_life_event(value)

    def filter_administration(self, queryset: FrequentErrorQuerySet, name: str, value: str) -> FrequentErrorQuerySet:
        return queryset.for_administration(value)

    def sort(self, queryset: FrequentErrorQuerySet, name: str, value: str) -> FrequentErrorQuerySet:
        return queryset.order_by("title") if value == "titre" else queryset.order_by("-checked_on", "slug")

    @property
    def applied(self) -> list[tuple[str, str]]:
        """The filters in force, as (parameter, label of the value): each can be removed on the page."""
        return [
            (name, dict(self.form.fields[name].choices)[value])
            for name in FACETS
            if (value := self.form.cleaned_data.get(name))
        ]

    @property
    def unknown(self) -> list[str]:
        """Labels of the filters whose value is not in the list; they are ignored, and the page says so."""
        return [str(self.form.fields[name].label) for name in self.form.errors]

    @cached_property
    def outside(self) -> int:
        """How many errors answer the words but stand outside the filters."""
        return self._without(*FACETS).count() - self.qs.count() if self.words and self.applied else 0

    @cached_property
    def facets(self) -> list[Facet]:
        """Each filter with, for each choice, the errors it would show; the filter itself does not narrow them."""
        return [self._facet(name) for name in FACETS]

    def _facet(self, name: str) -> Facet:
        errors = self._without(name).order_by()
        counts = Counter(dict(errors.values_list(FACETS[name]).annotate(Count("pk"))))
        if name == "administration":  # it also finds the errors it shares
            shared = FrequentError.other_administrations.through.objects.exclude(
                administration=F("frequenterror__administration")
            )
            # Matched here: few errors are shared, and joined to the rest the planner may lose its way.
            keys = set(errors.values_list("pk", flat=True))
            links = shared.values_list("frequenterror", "administration__slug")
            counts += Counter(slug for key, slug in links if key in keys)
        field = self.form.fields[name]
        chosen = self.form.cleaned_data.get(name, "")
        choices = [
            Choice(value, str(label), counts[value], value == chosen)
            for value, label in field.choices
            if value and (counts[value] or value == chosen)
        ]
        return Facet(name, str(field.label), str(field.empty_label), choices)

    def _without(self, *names: str) -> FrequentErrorQuerySet:
        """The list as if these filters were not in force."""
        queryset = self.queryset.all()
        for name, value in self.form.cleaned_data.items():
            if name not in names:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

"""The query string of the list, as a public interface: its names are in French and never change."""

from typing import Any

import django_filters
from django import forms

from common.models import Audience
from errors_catalog.models import Administration, FrequentError
from errors_catalog.querysets import FrequentErrorQuerySet, search_terms
from life_events.models import LifeEvent

MAX_QUERY_LENGTH = 200


def readable(words: str) -> str:
    """A query as we keep it: without control characters, on one line, 200 characters at most."""
    printable = "".join(character if character.isprintable() else " " for character in words)
    return " ".join(printable.split())[:MAX_QUERY_LENGTH].strip()


class QueryField(forms.CharField):
    """Words typed or pasted by anyone: cleaned, never refused."""

    def to_python(self, value: object) -> str:
        return readable(str(value)) if value else ""


class QueryFilter(django_filters.CharFilter):
    field_class = QueryField


class FrequentErrorFilter(django_filters.FilterSet):
    """The filters of the list, and its order."""

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

    def search(self, queryset: FrequentErrorQuerySet, name: str, value: str) -> FrequentErrorQuerySet:
        return queryset.matching(value) if search_terms(value) else queryset

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
            for name in ("public", "evenement", "administration", "droit")
            if (value := self.form.cleaned_data.get(name))
        ]

    @property
    def unknown(self) -> list[str]:
        """Labels of the filters whose value is not in the list; they are ignored, and the page says so."""
        return [str(self.form.fields[name].label) for name in self.form.errors]

"""Short lists of what waits for somebody, each with its whole count, all read in one query."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Case, CharField, IntegerField, QuerySet, Subquery, TextField, Value, When, Window
from django.db.models.functions import Cast, RowNumber
from django.utils import timezone

SHOWN = 10  # of each list
PLACES_SHOWN = 3


@dataclass(frozen=True)
class Section:
    """A list: who has it, what is in it, and where each item is dealt with.

    `rows` gives a queryset with `key`, `label`, `remark` and `since`, a date; `order` says which come first.
    """

    name: str
    title: str
    permission: str
    dated: str  # what its date is, before « il y a 3 jours »: « reçu »
    rows: Callable[[User], QuerySet]
    order: list[str]
    remedy: Callable[[str], str]  # the address where the item of this key is dealt with
    everything: Callable[[], str]  # the address of the whole list
    # Where the things named by these labels are found, as names and addresses.
    places: Callable[[list[str]], dict[str, list[tuple[str, str]]]] | None = None


@dataclass
class Item:
    """One thing to do."""

    label: str
    remark: str
    address: str
    age: str
    places: list[tuple[str, str]] = field(default_factory=list)

    @property
    def shown_places(self) -> list[tuple[str, str]]:
        return self.places[:PLACES_SHOWN]

    @property
    def other_places(self) -> int:
        return len(self.places) - len(self.shown_places)


@dataclass
class Filled:
    """A list as one person finds it now."""

    section: Section
    total: int
    items: list[Item]


class Counted(Subquery):
    """How many rows a queryset has: counted apart, so that the first ones are read without the others."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def fill(sections: Iterable[Section], *, user: User) -> list[Filled]:
    """The lists that this person may deal with, the empty ones included, in their order."""
    theirs = {section.name: Filled(section, 0, []) for section in sections if user.has_perm(section.permission)}
    if not theirs:
        return []
    first, *others = [_first_rows(filled.section, user) for filled in theirs.values()]
    for name, _, key, label, remark, since, total in sorted(first.union(*others, all=True)):
        filled = theirs[name]
        filled.total = total
        age = f"{filled.section.dated} {from_today(since)}" if since else ""
        filled.items.append(Item(label, remark, filled.section.remedy(key), age))
    for filled in theirs.values():
        if filled.items and filled.section.places:
            found = filled.section.places([item.label for item in filled.items])
            for item in filled.items:
                item.places = found[item.label]
    return list(theirs.values())


def in_words(name: str, choices: Any) -> Case:
    """The label of a choice, from the database itself."""
    return Case(*(When(**{name: value}, then=Value(str(label))) for value, label in choices.choices))


def from_today(day: date) -> str:
    """« il y a 3 jours », « hier », « aujourd'hui », « demain », « dans 3 jours »."""
    days = (day - timezone.localdate()).days
    near = {-1: "hier", 0: "aujourd'hui", 1: "demain"}
    return near.get(days) or (f"dans {days} jours" if days > 0 else f"il y a {-days} jours")


def _first_rows(section: Section, user: User) -> QuerySet:
    rows = section.rows(user)
    rows = rows.annotate(
        section=Value(section.name, CharField()),
        place=Window(RowNumber(), order_by=section.order),
        item=Cast("key", TextField()),
        whole=Counted(rows.order_by().values("key")),
    )
    named = rows.values_list("section", "place", "item", "label", "remark", "since", "whole")
    return named.order_by(*section.order)[:SHOWN]

"""An entry as one document: what its page says, and nothing of what the desk says about it.

A proposal, a past version, a preview and an export all hold this shape, so that an entry is written, compared and
restored whole. Every value is what JSON knows; other rows of the catalogue are named by their slug:

    {"title": "J'ai…", "audience": "particulier", …, "keywords": ["oubli"], "checked_on": "2026-11-22",
     "administration": "caf", "other_administrations": ["msa"], "legal_references": ["crpa-l123-1"], "related": [],
     "life_events": ["separation"],   # main first
     "deadlines": [{"trigger": …, "delay": 20, "unit": "day", "effect": …, "legal_reference": "crpa-l123-1"}],
     "sources": [{"title": …, "url": …, "checked_on": "2026-11-22"}]}
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction

from errors_catalog.models import Deadline, ErrorLifeEvent, FormerAddress, FrequentError, OfficialSource, Proposal

Content = dict[str, Any]

FIELDS = [
    "title", "audience", "administration", "other_administrations", "summary", "correction", "sanction", "repayment",
    "situation", "prevention", "right_to_error", "right_to_error_reason", "legal_references", "keywords", "related",
    "volatile", "checked_on",
]  # fmt: skip
# What belongs to an entry, in order: the name of the rows, their model, and the columns that they say.
ROWS: dict[str, tuple[Any, list[str]]] = {
    "life_events": (ErrorLifeEvent, ["life_event"]),
    "deadlines": (Deadline, ["trigger", "delay", "unit", "effect", "legal_reference"]),
    "sources": (OfficialSource, ["title", "url", "checked_on"]),
}
NAMES = [*FIELDS, *ROWS]
MOST_ROWS = 1000  # of a kind in an entry: as many as a form takes


class DoesNotFit(Exception):  # noqa: N818  # a refusal, not a fault
    """The document cannot be written in today's catalogue; the message says why, in French."""


def content_of(error: FrequentError) -> Content:
    """What the entry says now. Rows come in the order of their positions."""
    content = {name: _said(error, name) for name in FIELDS}
    content["life_events"] = [link.life_event.slug for link in _rows(error, "life_events")]
    for name in ("deadlines", "sources"):
        _, columns = ROWS[name]
        content[name] = [{column: _said(row, column) for column in columns} for row in _rows(error, name)]
    return content


def fingerprint(said: Any) -> str:
    """The same for two documents that say the same: whoever decides of one sends back what they read."""
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def apply(error: FrequentError, content: Content, *, temporary: bool = False) -> None:
    """Make the entry say what the document says, and save it. Raises `DoesNotFit`.

    Rows keep their primary keys by position. `temporary` gives the new ones a key that no sequence gives, the same each
    time: a form shown and sent back, each in a transaction that is undone, then speaks of the same rows. Each entry has
    its own: two of these transactions at once do not wait for each other.
    """
    try:
        with transaction.atomic():
            _write(error, content, temporary=temporary)
    except (IntegrityError, DataError) as refusal:
        raise DoesNotFit(
            "Ce texte ne peut plus être enregistré : une autre erreur porte peut-être ce titre."
        ) from refusal
    except ValidationError as refusal:
        raise DoesNotFit(" ".join(refusal.messages)) from refusal


@contextmanager
def shown_as(error: FrequentError, content: Content) -> Iterator[FrequentError]:
    """The entry as if it said this, in the database itself, undone at the end: what is shown is
    what would be public. Raises `DoesNotFit`.
    """
    with transaction.atomic():
        apply(error, content, temporary=True)
        try:
            yield FrequentError.objects.with_details().get(pk=error.pk)
        finally:
            transaction.set_rollback(True)


def as_written(error: FrequentError, proposal: Proposal | None) -> Content:
    """What the editors have written so far, its open proposal being this one: the changes from its base on what is
    public now. What is not public is written in the entry itself.
    """
    current = content_of(error)
    if proposal is None or not proposal.base:
        return current
    base, content = proposal.base, proposal.content
    return {**current, **{name: content[name] for name in NAMES if content[name] != base[name]}}


def _write(error: FrequentError, content: Content, *, temporary: bool) -> None:
    for name in FIELDS:
        field = FrequentError._meta.get_field(name)
        if not field.many_to_many:
            _set(error, field, content[name])
    error.save()
    for name in FIELDS:
        field = FrequentError._meta.get_field(name)
        if field.many_to_many:
            getattr(error, name).set(other for other in _named(field, content[name]) if other != error)
    for name in ROWS:
        _write_rows(error, name, content[name], temporary=temporary)


def _said(row: models.Model, name: str) -> Any:
    field: Any = row._meta.get_field(name)
    if field.many_to_many:
        return sorted(other.slug for other in getattr(row, name).all())
    value = getattr(row, name)
    if field.is_relation:
        return value.slug if value else None
    if isinstance(value, str):
        # As the files write it: a browser sends CR LF, and no last line end.
        return value.replace("\r\n", "\n").strip() + ("\n" if name in FrequentError.SECTIONS else "")
    return value.isoformat() if value and isinstance(field, models.DateField) else value


def _rows(error: FrequentError, name: str) -> list[Any]:
    rows = {
        "life_events": error.life_event_links.all(),
        "deadlines": error.deadlines.all(),
        "sources": error.sources.all(),
    }
    return sorted(rows[name], key=lambda row: row.position)


def _write_rows(error: FrequentError, name: str, wanted: list[Any], *, temporary: bool) -> None:
    model, columns = ROWS[name]
    rows = list(model.objects.filter(error=error).order_by("position"))
    for position, said in enumerate(wanted, start=1):
        key = -(error.pk * MOST_ROWS + position) if temporary else None
        row = rows[position - 1] if position <= len(rows) else model(error=error, pk=key)
        row.position = position
        values = said if isinstance(said, dict) else {columns[0]: said}
        for column in columns:
            _set(row, model._meta.get_field(column), values[column])
        row.save()
    for surplus in rows[len(wanted) :]:
        surplus.delete()


def _set(row: models.Model, field: Any, value: Any) -> None:
    if field.is_relation:
        named = _named(field, [value] if value else [])
        setattr(row, field.name, named[0] if named else None)
    else:
        setattr(row, field.name, field.to_python(value))


def _named(field: Any, slugs: list[str]) -> list[Any]:
    """The rows that a relation names, an entry by the address of now or by a former one. Raises `DoesNotFit`."""
    found = list(field.related_model.objects.filter(slug__in=slugs))
    lacking = set(slugs) - {row.slug for row in found}
    if lacking and field.related_model is FrequentError:
        former = list(FormerAddress.objects.filter(slug__in=lacking).select_related("error"))
        found += [address.error for address in former]
        lacking -= {address.slug for address in former}
    if lacking:
        raise DoesNotFit(f"{field.verbose_name} : « {', '.join(sorted(lacking))} » n'existe pas ou plus.")
    return found

"""Writes the catalogue to its files, as `catalogue_files` reads them: what the database holds, git can hold.

The same catalogue always gives the same bytes: rows in one order, fields in the order of `COLUMNS`, what says nothing
left out. Proposals are not exported: the files say what the entries say.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from django.db import models

from errors_catalog.models import (
    Administration,
    ContactChannel,
    Deadline,
    ErrorLifeEvent,
    FrequentError,
    LegalReference,
    OfficialSource,
    Synonym,
)
from errors_catalog.search.normalise import normalised
from life_events.models import LifeEvent

COLUMNS: dict[type[models.Model], list[str]] = {
    LifeEvent: ["slug", "audience", "name", "description", "pictogram", "position"],
    Administration: ["slug", "name", "short_name", "handles", "url", "former_names", "checked_on"],
    ContactChannel: [
        "administration", "position", "kind", "label", "value", "url", "for_errors", "opening_hours", "price",
    ],
    LegalReference: ["slug", "code", "article", "summary", "url", "checked_on"],
    Synonym: ["term", "kind", "equivalents"],
    FrequentError: [
        "slug", "title", "audience", "administration", "other_administrations", "summary", "correction", "sanction",
        "repayment", "situation", "prevention", "right_to_error", "right_to_error_reason", "keywords", "volatile",
        "legal_references", "related", "status", "published_at", "checked_on", "expires_on", "editor_note",
    ],
    ErrorLifeEvent: ["error", "position", "life_event"],
    Deadline: ["error", "position", "trigger", "delay", "unit", "effect", "legal_reference"],
    OfficialSource: ["error", "position", "title", "url", "checked_on"],
}  # fmt: skip
# What belongs to an entry, with the other row that it names.
OF_ERROR: dict[Any, list[str]] = {ErrorLifeEvent: ["life_event"], Deadline: ["legal_reference"], OfficialSource: []}
STYLE: dict[str, Any] = {"width": 116, "allow_unicode": True, "sort_keys": False, "default_flow_style": False}


def texts() -> dict[str, str]:
    """The text of every file, by its path in the directory of the catalogue. A fixed number of queries."""
    channels = _grouped(ContactChannel.objects.select_related("administration"), "administration_id")
    of_error = [
        _grouped(model.objects.select_related("error", *named), "error_id") for model, named in OF_ERROR.items()
    ]
    neighbours = _neighbours()
    found = {
        "life_events.yaml": _text(LifeEvent.objects.order_by("audience", "position")),
        "administrations.yaml": _text(
            row
            for administration in Administration.objects.order_by("slug")
            for row in [administration, *channels[administration.pk]]
        ),
        "legal_references.yaml": _text(LegalReference.objects.order_by("slug")),
        "synonyms.yaml": _text(
            sorted(Synonym.objects.all(), key=lambda synonym: (normalised(synonym.term), synonym.term))
        ),
    }
    for error in FrequentError.objects.select_related("administration").order_by("slug"):
        rows = [error, *(row for rows in of_error for row in rows[error.pk])]
        found[f"errors/{error.slug}.yaml"] = _text(rows, neighbours[error.pk])
    return found


def differing(directory: Path) -> list[str]:
    """The paths of the files that do not say what the database says: changed, missing or in excess."""
    wanted = texts()
    surplus = {f"errors/{path.name}" for path in directory.glob("errors/*.yaml")} - wanted.keys()
    return sorted([*surplus, *(name for name, text in wanted.items() if not _says(directory / name, text))])


def write(directory: Path) -> list[str]:
    """Write the files that differ, and remove those whose entry is no more. Returns their paths."""
    wanted, changed = texts(), differing(directory)
    (directory / "errors").mkdir(parents=True, exist_ok=True)
    for name in changed:
        if name in wanted:
            (directory / name).write_text(wanted[name], encoding="utf-8", newline="\n")
        else:
            (directory / name).unlink()
    return changed


def _says(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def _grouped(rows: models.QuerySet, owner: str) -> dict[int, list[Any]]:
    grouped = defaultdict(list)
    for row in rows.order_by("position", "pk"):
        grouped[getattr(row, owner)].append(row)
    return grouped


def _neighbours() -> dict[int, dict[str, list[str]]]:
    """The slugs that each entry names, by relation, in the order in which they were chosen."""
    named: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for relation in FrequentError._meta.many_to_many:
        through: Any = relation.remote_field.through
        if not through._meta.auto_created:
            continue
        source, target = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}__slug"
        for owner, slug in through.objects.order_by("pk").values_list(source, target):
            named[owner][relation.name].append(slug)
    return named


class _NaturalKey(list):
    """The name of another row: written on one line."""


class _LongText(str):
    """A text of several paragraphs: each line as it is."""


class _Dumper(yaml.CSafeDumper):
    """The style of the files."""


_Dumper.add_representer(
    _NaturalKey, lambda dumper, key: dumper.represent_sequence("tag:yaml.org,2002:seq", key, flow_style=True)
)
_Dumper.add_representer(
    _LongText, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style="|")
)


def _text(rows: Iterable[Any], named: dict[str, list[str]] | None = None) -> str:
    """The rows as a file, an empty line between two. `named` holds what the first of an entry's rows names."""
    return "\n".join(_one({"model": row._meta.label_lower, "fields": _fields(row, named or {})}) for row in rows)


def _one(row: dict[str, Any]) -> str:
    return yaml.dump([row], Dumper=_Dumper, **STYLE)


def _fields(row: models.Model, named: dict[str, list[str]]) -> dict[str, Any]:
    said = {name: _said(row, name, named) for name in COLUMNS[type(row)]}
    return {name: value for name, value in said.items() if value not in (None, "", [], False)}


def _said(row: models.Model, name: str, named: dict[str, list[str]]) -> Any:
    field: Any = row._meta.get_field(name)
    if field.many_to_many:
        return [_NaturalKey([slug]) for slug in named.get(name, [])]
    value = getattr(row, name)
    if field.is_relation:
        return _NaturalKey([value.slug]) if value else None
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(field, models.TextField):
        text = value.replace("\r\n", "\n").strip()
        long = text and (name in FrequentError.SECTIONS or "\n" in text)
        return _LongText(f"{text}\n") if long else text
    if value == FrequentError.Status.IN_REVIEW and name == "status":
        return FrequentError.Status.DRAFT.value  # what it says has no second reader yet
    return value

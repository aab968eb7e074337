"""Loads the catalogue from its files: Django YAML fixtures with natural keys, which `loaddata` reads as well.

`loaddata` asks the database several questions a row and overwrites what editors changed. Here every reference is
resolved in memory, each table is written at once, and what the database already holds is left as it is, with all that
belongs to it, unless the caller asks to overwrite.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import connection, models, transaction

from errors_catalog.content import content_of
from errors_catalog.models import (
    Administration,
    ContactChannel,
    Deadline,
    EntryEvent,
    ErrorLifeEvent,
    FrequentError,
    LegalReference,
    OfficialSource,
    Synonym,
)
from errors_catalog.search import index
from life_events.models import LifeEvent

# Each model with the field that names its rows, then what belongs to a row of it, with its owner.
KEYS: dict[type[models.Model], str] = {
    LifeEvent: "slug",
    Administration: "slug",
    LegalReference: "slug",
    Synonym: "term",
    FrequentError: "slug",
}
OWNERS: dict[type[models.Model], tuple[str, type[models.Model]]] = {
    ContactChannel: ("administration", Administration),
    ErrorLifeEvent: ("error", FrequentError),
    Deadline: ("error", FrequentError),
    OfficialSource: ("error", FrequentError),
}


class CatalogueFileError(Exception):
    """A file that cannot be loaded; the message names it and says why, in French."""


@dataclass(frozen=True)
class Loaded:
    written: int
    left_alone: int


@dataclass(frozen=True)
class _Row:
    file: str
    fields: dict[str, Any]


@dataclass
class _Load:
    """One load: the rows of the files by model, and the primary keys by natural key."""

    rows: dict[type[models.Model], list[_Row]]
    known: dict[type[models.Model], dict[str, int]] = field(default_factory=dict)
    written: dict[type[models.Model], set[int]] = field(default_factory=dict)


def files(directory: Path) -> list[Path]:
    names = ["life_events", "administrations", "legal_references", "synonyms"]
    return [*(directory / f"{name}.yaml" for name in names), *sorted((directory / "errors").glob("*.yaml"))]


@transaction.atomic
def load(directory: Path, *, overwrite: bool = False) -> Loaded:
    """Load every file of the catalogue, all or nothing. Raises `CatalogueFileError`."""
    current = _Load(rows=_read(directory))
    total = sum(len(rows) for rows in current.rows.values())
    written = 0
    for model in KEYS:
        written += _write_owners(current, model, overwrite=overwrite)
    for model in OWNERS:
        written += _write_owned(current, model)
    _write_events(current.written[FrequentError])
    if written:
        _analyse([*KEYS, *OWNERS])
        index.rebuild()
    return Loaded(written, total - written)


def _analyse(filled: list[type[models.Model]]) -> None:
    """Refresh what the planner knows of the tables just filled: without it, a page can take minutes."""
    with connection.cursor() as cursor:
        for model in filled:
            tables = [model._meta.db_table, *(relation.m2m_db_table() for relation in model._meta.many_to_many)]
            cursor.execute(f"ANALYZE {', '.join(tables)}")


def _read(directory: Path) -> dict[type[models.Model], list[_Row]]:
    rows: dict[type[models.Model], list[_Row]] = defaultdict(list)
    for path in files(directory):
        try:
            with path.open(encoding="utf-8") as stream:
                for row in yaml.load(stream, yaml.CSafeLoader) or []:  # the safe loader, in C
                    rows[apps.get_model(row["model"])].append(_Row(path.name, row["fields"]))
        except (OSError, yaml.YAMLError, LookupError, TypeError) as error:
            raise CatalogueFileError(f"{path.name} : {error}") from error
    return rows


def _write_owners(current: _Load, model: type[models.Model], *, overwrite: bool) -> int:
    """Write the rows of a model that has a name of its own, then their many-to-many rows."""
    key = KEYS[model]
    before = dict(model._default_manager.values_list(key, "pk"))
    current.known[model] = before
    chosen = [row for row in current.rows[model] if overwrite or row.fields.get(key) not in before]
    instances = [_instance(current, model, row) for row in chosen]
    columns = [column.name for column in model._meta.concrete_fields if not (column.primary_key or column.generated)]
    model._default_manager.bulk_create(
        instances, update_conflicts=True, unique_fields=[key], update_fields=[name for name in columns if name != key]
    )
    current.known[model] = before | {getattr(instance, key): instance.pk for instance in instances}
    current.written[model] = {instance.pk for instance in instances}
    for relation in model._meta.many_to_many:
        through = relation.remote_field.through
        if through and through._meta.auto_created:
            _write_relation(current, relation, through, list(zip(instances, chosen, strict=True)))
    for is_update in (False, True):
        _write_versions(
            [instance for instance in instances if (getattr(instance, key) in before) == is_update], is_update
        )
    return len(instances)


def _write_owned(current: _Load, model: type[models.Model]) -> int:
    """Write the rows that belong to the owners written by this load, in place of those they had."""
    owner, owner_model = OWNERS[model]
    written = current.written[owner_model]
    model._default_manager.filter(**{f"{owner}__in": written}).delete()
    instances = [_instance(current, model, row) for row in current.rows[model]]
    chosen = [instance for instance in instances if getattr(instance, f"{owner}_id") in written]
    model._default_manager.bulk_create(chosen)
    _write_versions(chosen, is_update=False)
    return len(chosen)


def _write_relation(
    current: _Load,
    relation: models.ManyToManyField,
    through: type[models.Model],
    rows: list[tuple[models.Model, _Row]],
) -> None:
    source, target = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
    through._default_manager.filter(**{f"{source}__in": [instance.pk for instance, _ in rows]}).delete()
    through._default_manager.bulk_create(
        through(**{source: instance.pk, target: _primary_key(current, relation.related_model, value, row)})
        for instance, row in rows
        for value in row.fields.get(relation.name, [])
    )


def _write_versions(instances: list[models.Model], is_update: bool) -> None:
    """A version of each row in its history, as saving them one by one would write."""
    history = getattr(type(instances[0]), "history", None) if instances else None
    if history is not None:
        history.bulk_history_create(instances, update=is_update)


def _write_events(written: set[int]) -> None:
    """What each entry says as loaded, once all that belongs to it is written."""
    errors = FrequentError.objects.with_details().prefetch_related("related").filter(pk__in=written)
    EntryEvent.objects.bulk_create(
        EntryEvent(error=error, action=EntryEvent.Action.LOADED, content=content_of(error)) for error in errors
    )


def _instance(current: _Load, model: type[models.Model], row: _Row) -> models.Model:
    """The row of a file as an instance, its references resolved."""
    values = {}
    try:
        for column, value in _columns(model, row):
            if isinstance(column, models.ForeignKey):
                values[column.attname] = _primary_key(current, column.remote_field.model, value, row)
            else:
                values[column.attname] = column.to_python(value)
    except (FieldDoesNotExist, ValidationError) as error:
        raise CatalogueFileError(f"{row.file} : {error}") from error
    return model(**values)


def _columns(model: type[models.Model], row: _Row) -> Iterator[tuple[models.Field, Any]]:
    for name, value in row.fields.items():
        column = model._meta.get_field(name)
        if not isinstance(column, models.Field):
            raise FieldDoesNotExist(f"{model.__name__} has no column named '{name}'")
        if not column.many_to_many:
            yield column, value


def _primary_key(current: _Load, model: type[models.Model], natural_key: list[str], row: _Row) -> int:
    try:
        return current.known[model][natural_key[0]]
    except (LookupError, TypeError) as error:
        name = model._meta.verbose_name
        raise CatalogueFileError(f"{row.file} : {name} « {natural_key} » introuvable") from error

"""Loads the catalogue from its files: Django YAML fixtures with natural keys.

After the first load the database is the master: what it already holds is left as it is, with all that belongs to it,
unless the caller asks to overwrite.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core import serializers
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Model
from django.db.models.signals import post_save

from errors_catalog.models import Administration, FrequentError

BASE_FILES = ["life_events", "administrations", "legal_references", "synonyms"]


@dataclass(frozen=True)
class Loaded:
    written: int
    left_alone: int


def files(directory: Path) -> list[Path]:
    """The files in an order where each refers to those before it, but for neighbours among errors."""
    return [*(directory / f"{name}.yaml" for name in BASE_FILES), *sorted((directory / "errors").glob("*.yaml"))]


@transaction.atomic
def load(directory: Path, *, overwrite: bool = False) -> Loaded:
    """Load every file of the catalogue, all or nothing.

    Raises `django.core.serializers.base.DeserializationError` when a file is malformed or refers to nothing.
    """
    owners = {model: set(model.objects.values_list("pk", flat=True)) for model in (Administration, FrequentError)}
    written = []
    left_alone = 0
    for item in _items(directory):
        if not overwrite and _is_known(item.object, owners):
            left_alone += 1
            continue
        item.object.skip_history_when_saving = True
        is_new = item.object.pk is None
        item.save()
        written.append((item, is_new))
    for item, _ in written:  # neighbours, now that every error is there
        if item.deferred_fields:
            item.save_deferred_fields()
    for item, is_new in written:  # one version a row, once all that belongs to it is known
        _record_version(item.object, is_new=is_new)
    return Loaded(len(written), left_alone)


def _items(directory: Path) -> Iterator[serializers.base.DeserializedObject]:
    for path in files(directory):
        with path.open(encoding="utf-8") as stream:
            yield from serializers.deserialize("yaml", stream, handle_forward_references=True)


def _record_version(row: Model, *, is_new: bool) -> None:
    """Give the row the version in its history that saving a fixture leaves out."""
    del row.skip_history_when_saving
    post_save.send(sender=type(row), instance=row, created=is_new, raw=False, using=DEFAULT_DB_ALIAS)


def _is_known(row: Model, owners: dict[type[Model], set[int]]) -> bool:
    """Whether the row, or the one that it belongs to, was in the database before the load."""
    for name, model in (("error", FrequentError), ("administration", Administration)):
        if not isinstance(row, FrequentError) and (owner := getattr(row, f"{name}_id", None)):
            return owner in owners[model]
    return row.pk is not None  # set by its natural key

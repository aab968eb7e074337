"""What would be refused of an entry that came in a table, said field by field before anything is written."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model

from errors_catalog.content import FIELDS, Content
from errors_catalog.models import Deadline, FormerAddress, FrequentError, OfficialSource

MAX_RELATED = 3
NAMING = ["administration", "other_administrations", "legal_references", "related", "life_events"]
Wrong = tuple[str, str]  # the name of a field, and what is wrong there


class Validation:
    """Knows the names of the catalogue, read once for a whole table."""

    def __init__(self) -> None:
        self._slugs: dict[type[Model], set[str]] = {}

    def wrongs(self, slug: str, error: FrequentError | None, content: Content) -> Iterator[Wrong]:
        """Each thing to mend before this entry can be written."""
        if error is None and FormerAddress.objects.filter(slug=slug).exists():
            yield "slug", "cette adresse mène déjà à une autre erreur. Choisissez-en une autre."
        yield from self._unknown_names(content)
        yield from self._wrong_neighbours(slug, content)
        yield from self._wrong_fields(slug, error, content)
        yield from self._wrong_rows(content)

    def _unknown_names(self, content: Content) -> Iterator[Wrong]:
        for name in NAMING:
            said = content[name] if isinstance(content[name], list) else [content[name]]
            model: Any = FrequentError._meta.get_field(name).related_model
            yield from self._lacking(name, model, said)
        references: Any = Deadline._meta.get_field("legal_reference").related_model
        cited = [deadline["legal_reference"] for deadline in content["deadlines"] if deadline["legal_reference"]]
        yield from self._lacking("deadlines", references, cited)

    def _lacking(self, name: str, model: Any, said: list[str]) -> Iterator[Wrong]:
        if model not in self._slugs:
            self._slugs[model] = set(model.objects.values_list("slug", flat=True))
        for slug in said:
            if not slug:
                yield name, "cette case est vide : écrivez une adresse, comme dans l'export."
            elif slug not in self._slugs[model]:
                yield name, f"« {slug} » n'existe pas. Écrivez une adresse qui est déjà dans le catalogue."

    def _wrong_neighbours(self, slug: str, content: Content) -> Iterator[Wrong]:
        if len(content["related"]) > MAX_RELATED:
            yield "related", "trois erreurs voisines au plus."
        if slug in content["related"]:
            yield "related", "une erreur n'est pas sa propre voisine : retirez-la."
        if len(set(content["life_events"])) < len(content["life_events"]):
            yield "life_events", "un événement de vie y est deux fois : gardez-en un."

    def _wrong_fields(self, slug: str, error: FrequentError | None, content: Content) -> Iterator[Wrong]:
        relations = [field.name for field in FrequentError._meta.get_fields() if field.is_relation]
        values = {name: content[name] for name in FIELDS if name not in relations}
        instance = FrequentError(slug=slug, pk=error.pk if error else None, **values)
        instance._state.adding = error is None
        yield from _refused(instance, exclude=[*relations, "status"])

    def _wrong_rows(self, content: Content) -> Iterator[Wrong]:
        rows: list[tuple[str, Model]] = []
        for said in content["deadlines"]:
            rows.append(("deadlines", Deadline(**said | {"legal_reference": None})))
        for said in content["sources"]:
            rows.append(("sources", OfficialSource(**said)))
        for name, row in rows:
            for column, message in _refused(row, exclude=["error", "position", "legal_reference"]):
                label = {field.name: str(field.verbose_name) for field in row._meta.fields}.get(column)
                yield name, f"{label} : {message}" if label else message


def _refused(row: Model, *, exclude: list[str]) -> Iterator[Wrong]:
    """What the model says of a row, empty cells said in words that tell what to do."""
    try:
        row.full_clean(exclude=exclude)
    except ValidationError as refusal:
        for name, errors in refusal.error_dict.items():
            for error in errors:
                empty = error.code in ("blank", "null")
                yield name, "cette case est vide : remplissez-la." if empty else " ".join(error.messages)

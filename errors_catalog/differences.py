"""What two documents of an entry say differently, field by field, down to the words added and removed."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from errors_catalog.content import NAMES, ROWS, Content
from errors_catalog.models import Deadline, FrequentError

# A word with the spaces after it, so that words changed in a row stay together; a line end stands alone.
TOKEN = re.compile(r"(?:\w+|[^\w\s])[^\S\n]*|\s+")


MAX_PAIRS = 50_000  # of the same word in both texts; our longest have a thousand or two


@dataclass(frozen=True)
class Piece:
    """Some words of a text: kept, added or removed."""

    kind: str  # "same", "added" or "removed"
    text: str


@dataclass(frozen=True)
class Difference:
    """A field that two documents do not say alike."""

    name: str
    label: str
    pieces: list[Piece]


def differences(before: Content, after: Content) -> list[Difference]:
    """Every field that changed, in the order of the form. An empty `before` is an entry that did not exist."""
    return [
        Difference(name, label(name), list(_pieces(as_text(name, before.get(name)), as_text(name, after[name]))))
        for name in NAMES
        if before.get(name) != after[name]
    ]


def label(name: str) -> str:
    """The name of a field as the form shows it."""
    if name in ROWS:
        return str(ROWS[name][0]._meta.verbose_name_plural).removesuffix(" de l'erreur")
    return str(_field(name).verbose_name)


def as_text(name: str, value: Any) -> str:
    """A value as a person reads it, one line an item."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(_line(name, item) for item in value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    choices = dict(_field(name).flatchoices)
    return str(choices.get(value, value))


def _field(name: str) -> Any:
    return FrequentError._meta.get_field(name)


def _line(name: str, item: Any) -> str:
    if name == "deadlines":
        values = {column: item[column] for column in ("trigger", "delay", "unit", "effect")}
        deadline = Deadline(**values)
        return f"{deadline.duration} : {item['trigger']} → {item['effect']} ({item['legal_reference'] or 'sans texte'})"
    if name == "sources":
        return f"{item['title']} {item['url']} ({item['checked_on']})"
    return str(item)


def _pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    for kind, start, end, new_start, new_end in _steps(old, new):
        removed, added = "".join(old[start:end]), "".join(new[new_start:new_end])
        if kind == "equal":
            yield Piece("same", removed)
            continue
        if removed:
            yield Piece("removed", removed)
        if added:
            yield Piece("added", added)


def _steps(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    """How to go from one text to the other. One that repeats the same few words would take minutes to follow."""
    times = Counter(old)
    if sum(times[word] for word in new) > MAX_PAIRS:
        return [("replace", 0, len(old), 0, len(new))]
    return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())

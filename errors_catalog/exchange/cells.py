"""An entry as one line of a table, in cells that a person reads and edits, and back.

One column a field, named as the form names it; `adresse` says which entry. A list is written one item a line; the
parts of a deadline or of a source are separated by « | ». `version` is the fingerprint of the line as it was exported:
it tells the lines that nobody touched, and the entries that somebody changed meanwhile.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import models

from errors_catalog import content as documents
from errors_catalog.content import NAMES, Content
from errors_catalog.differences import label
from errors_catalog.models import Deadline, FrequentError

SLUG, VERSION = "adresse", "version"
COLUMNS = {name: label(name) for name in NAMES}
HEADERS = [SLUG, *COLUMNS.values(), VERSION]

SETS = ["other_administrations", "legal_references", "related"]  # their order means nothing
YES, NO = "oui", "non"
BOOLEANS = {YES: True, "vrai": True, "true": True, "1": True, NO: False, "faux": False, "false": False, "0": False}
UNITS = {"heure": Deadline.Unit.HOUR, "jour": Deadline.Unit.DAY, "mois": Deadline.Unit.MONTH}
DURATION = re.compile(r"(\d{1,5})\s*(heure|jour|mois)s?", re.IGNORECASE)
# What no text of ours holds and what some file, or the database, refuses: control characters, halves of a character.
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
PARTS = re.compile(r"(?<!\\)\|")

Cells = dict[str, str]  # by the name of the field


def cells_of(content: Content) -> Cells:
    return {name: _render(name, content[name]) for name in NAMES}


def line_of(slug: str, content: Content) -> list[str]:
    """The line of an entry, in the order of `HEADERS`."""
    cells = cells_of(content)
    return [slug, *cells.values(), fingerprint(slug, cells)]


def fingerprint(slug: str, cells: Cells) -> str:
    """The same for two lines that say the same. It begins with a letter: no spreadsheet takes it for a number."""
    return "v" + documents.fingerprint([slug, cells])[:12]


def canonical(name: str, text: str) -> str:
    """A cell as the export would write it, or as it is when it cannot be read."""
    try:
        return _render(name, parse(name, text))
    except ValueError:
        return cleaned(text)


def parse(name: str, text: str) -> Any:
    """What a cell says, as in a document. Raises `ValueError`, in French."""
    text = cleaned(text)
    if name in ITEMS:
        items = [ITEMS[name](line.strip()) for line in text.split("\n") if line.strip()]
        return sorted(set(items)) if name in SETS else items
    if name in FrequentError.SECTIONS:
        return f"{text}\n"
    text = " ".join(text.split("\n"))
    field: Any = FrequentError._meta.get_field(name)
    if isinstance(field, models.DateField):
        return _day(text) if text else None
    if isinstance(field, models.BooleanField):
        return _among(BOOLEANS, text or NO)
    if field.choices:
        return _among({str(shown).casefold(): value for value, shown in field.flatchoices}, text)
    return text


def cleaned(text: str) -> str:
    return UNREADABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _render(name: str, value: Any) -> str:
    if name == "deadlines":
        return "\n".join(_joined(d["trigger"], _duration(d), d["effect"], d["legal_reference"]) for d in value)
    if name == "sources":
        return "\n".join(_joined(source["title"], source["url"], source["checked_on"]) for source in value)
    if isinstance(value, list):
        return "\n".join(_one_line(item) for item in value)
    if isinstance(value, bool):
        return YES if value else NO
    if name in FrequentError.SECTIONS:
        return cleaned(value)
    field: Any = FrequentError._meta.get_field(name)
    return _one_line(dict(field.flatchoices or []).get(value, value))


def _one_line(value: Any) -> str:
    return " ".join(cleaned(str(value or "")).split("\n"))


def _joined(*parts: Any) -> str:
    return " | ".join(_one_line(part).replace("\\", "\\\\").replace("|", "\\|") for part in parts).strip()


def _parted(line: str) -> list[str]:
    return [re.sub(r"\\([\\|])", r"\1", part.strip()) for part in PARTS.split(line)]


def _duration(deadline: dict[str, Any]) -> str:
    return Deadline(delay=deadline["delay"], unit=deadline["unit"]).duration


def _deadline(line: str) -> dict[str, Any]:
    parts = _parted(line)
    if len(parts) not in (3, 4):
        raise ValueError(
            f"« {line} » n'a pas la forme « à partir de | durée | ce que l'on peut faire | référence juridique »."
        )
    trigger, duration, effect, *references = parts
    found = DURATION.fullmatch(duration)
    if not found:
        raise ValueError(f"« {duration} » n'est pas une durée. Écrivez par exemple « 20 jours » ou « 2 mois ».")
    return {
        "trigger": trigger,
        "delay": int(found[1]),
        "unit": UNITS[found[2].casefold()].value,
        "effect": effect,
        "legal_reference": (references[0] if references else "") or None,
    }


def _source(line: str) -> dict[str, Any]:
    parts = _parted(line)
    if len(parts) != 3:
        raise ValueError(f"« {line} » n'a pas la forme « titre | adresse | date de lecture ».")
    title, url, day = parts
    return {"title": title, "url": url, "checked_on": _day(day)}


def _day(text: str) -> str:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007  # a day has no time zone
        except ValueError:
            continue
    raise ValueError(f"« {text} » n'est pas une date. Écrivez par exemple « {date(2026, 11, 22)} » ou « 22/11/2026 ».")


def _among(choices: dict[str, Any], text: str) -> Any:
    value = choices.get(text.casefold(), text)
    if value not in choices.values():
        raise ValueError(
            f"« {text} » n'est pas dans la liste. Écrivez {', '.join(f'« {choice} »' for choice in choices)}."
        )
    return value


# How an item of each list is read.
ITEMS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(["keywords", "life_events", *SETS], str),
    "deadlines": _deadline,
    "sources": _source,
}

"""XML read as a stream, without a tree in memory and without the entities that make it dangerous."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any
from xml.parsers import expat

from common.uploads.refusals import Refused


@dataclass(frozen=True)
class Element:
    """The start of an element, by its name without namespace."""

    name: str
    attributes: dict[str, str]


@dataclass(frozen=True)
class End:
    name: str


def events(stream: IO[bytes]) -> Iterator[Element | End | str]:
    """What the document holds, in order. Raises `Refused` when it declares an entity or is not XML."""
    found: list[Element | End | str] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: found.append(
        Element(_local(name), {_local(key): value for key, value in attributes.items()})
    )
    parser.EndElementHandler = lambda name: found.append(End(_local(name)))
    parser.CharacterDataHandler = found.append
    parser.EntityDeclHandler = _refuse
    try:
        while chunk := stream.read(65_536):
            parser.Parse(chunk)
            yield from found
            found.clear()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Refused("damaged") from error
    yield from found


def elements(stream: IO[bytes]) -> Iterator[Element]:
    return (event for event in events(stream) if isinstance(event, Element))


@dataclass(frozen=True)
class TextRules:
    """Where a format keeps its text: inside `kept`, outside `skipped`. A mark stands for a character."""

    kept: frozenset[str]
    skipped: frozenset[str]
    paragraphs: frozenset[str]
    marks: dict[str, str] = field(default_factory=dict)


def text(stream: IO[bytes], rules: TextRules) -> str:
    """The text of the document, one line a paragraph."""
    pieces: list[str] = []
    kept = skipped = 0
    for event in events(stream):
        match event:
            case Element(name=name):
                skipped += name in rules.skipped
                kept += name in rules.kept
                if not skipped:
                    pieces.append(rules.marks.get(name, ""))
            case End(name=name):
                if name in rules.paragraphs and not skipped:
                    pieces.append("\n")
                skipped -= name in rules.skipped
                kept -= name in rules.kept
            case str() if kept and not skipped:
                pieces.append(event)
    return "".join(pieces)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse(*_: Any) -> None:
    raise Refused("unsafe")

"""Word documents (.docx, and .docm for what it is: a .docx with macros)."""

import re
from collections.abc import Iterator
from zipfile import ZipFile

from common.uploads.readers import drawing
from common.uploads.readers.archive import images, open_archive
from common.uploads.readers.markup import Element, End, TextRules, elements, events, text
from common.uploads.refusals import Refused
from common.uploads.results import Finding, Neutralised

CONTENT_TYPES = "[Content_Types].xml"
BESIDE_THE_BODY = re.compile(r"word/(?:header|footnotes|endnotes|footer)\d*\.xml")
RULES = TextRules(
    kept=frozenset({"t"}),
    skipped=frozenset({"Fallback", "tabs"}),  # the same text for older programs; where tabulations stop
    paragraphs=frozenset({"p"}),
    marks={"br": "\n", "cr": "\n", "tab": "\t"},
)
DDE = re.compile(r"\bDDE(?:AUTO)?\b", re.IGNORECASE)
INCLUDED = re.compile(r"\bINCLUDE(?:TEXT|PICTURE)\b.*(?:://|\\\\)", re.IGNORECASE)


def inspect(data: bytes) -> set[Finding]:
    with open_archive(data) as archive:
        return set(_findings(archive))


def neutralise(data: bytes) -> Neutralised:
    with open_archive(data) as archive:
        return drawing.neutralise(_text(archive), images=images(archive, "word/media/"))


def _text(archive: ZipFile) -> str:
    return "\n".join(text(archive.open(part), RULES) for part in _parts(archive))


def _parts(archive: ZipFile) -> list[str]:
    """The parts that hold text, the main one first."""
    body = _body(archive)
    return [body, *(name for name in archive.namelist() if BESIDE_THE_BODY.fullmatch(name) and name != body)]


def _body(archive: ZipFile) -> str:
    """The name of the main part. The content types alone tell a text from a spreadsheet or a presentation."""
    if CONTENT_TYPES not in archive.namelist():
        raise Refused("archive")
    for element in elements(archive.open(CONTENT_TYPES)):
        kind = element.attributes.get("ContentType", "")
        if element.name == "Override" and "word" in kind and kind.endswith(".main+xml"):
            return element.attributes.get("PartName", "").removeprefix("/")
    raise Refused("wrong_kind")


def _findings(archive: ZipFile) -> Iterator[Finding]:
    for name in archive.namelist():
        path = name.lower()
        if path.endswith("vbaproject.bin"):
            yield Finding.MACRO
        if "/embeddings/" in path or "/activex/" in path:
            yield Finding.EMBEDDED_OBJECT
        if path.endswith(".rels"):
            yield from _relations(archive, name)
    for instructions in _instructions(archive):
        if DDE.search(instructions):
            yield Finding.PROGRAM_START
        if INCLUDED.search(instructions):
            yield Finding.EXTERNAL_RESOURCE


def _relations(archive: ZipFile, name: str) -> Iterator[Finding]:
    for relation in elements(archive.open(name)):
        kind = relation.attributes.get("Type", "").rpartition("/")[2].lower()
        if kind == "afchunk":
            yield Finding.EMBEDDED_OBJECT
        mode, target = relation.attributes.get("TargetMode", ""), relation.attributes.get("Target", "")
        if kind != "hyperlink" and (mode.lower() == "external" or ":" in target):
            yield Finding.EXTERNAL_RESOURCE


def _instructions(archive: ZipFile) -> Iterator[str]:
    """What the fields of the text are told to do, which Word may write in several pieces of a paragraph."""
    for part in _parts(archive):
        pieces: list[str] = []
        is_instruction = False
        for event in events(archive.open(part)):
            match event:
                case Element(name="fldSimple", attributes=attributes):
                    yield attributes.get("instr", "")
                case Element(name=name):
                    is_instruction = name == "instrText"
                case End(name="p"):
                    yield "".join(pieces)
                    pieces.clear()
                case str() if is_instruction:
                    pieces.append(event)
        yield "".join(pieces)

"""Word documents (.docx, and .docm for what it is: a .docx with macros)."""

import re
from collections.abc import Iterable, Iterator
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
# What a part is told by the relation that leads to it and by its content type: Word reads no meaning in its name.
RELATIONS = {
    "vbaproject": Finding.MACRO,
    "wordvbadata": Finding.MACRO,
    "oleobject": Finding.EMBEDDED_OBJECT,
    "package": Finding.EMBEDDED_OBJECT,
    "control": Finding.EMBEDDED_OBJECT,
    "activexcontrolbinary": Finding.EMBEDDED_OBJECT,
    "afchunk": Finding.EMBEDDED_OBJECT,
}
STEPS = {"begin": 1, "end": -1}
MACRO_TYPE = re.compile(r"macroenabled|vbaproject|vbadata", re.IGNORECASE)
DDE = re.compile(r"\bDDE(?:AUTO)?\b", re.IGNORECASE)
INCLUDED = re.compile(
    r"\b(?:INCLUDE(?:TEXT|PICTURE)?|IMPORT|LINK|RD|DATABASE)\b.*?(?:://|\\\\)", re.IGNORECASE | re.DOTALL
)


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
    body = _body(_content_types(archive))
    return [body, *(name for name in archive.namelist() if BESIDE_THE_BODY.fullmatch(name) and name != body)]


def _body(types: Iterable[tuple[str, str]]) -> str:
    """The name of the main part. The content types alone tell a text from a spreadsheet or a presentation."""
    for name, kind in types:
        if name and "word" in kind and kind.endswith(".main+xml"):
            return name
    raise Refused("wrong_kind")


def _content_types(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """Parts and their types, in lower case; the name is empty for the type of all the parts of one extension."""
    if CONTENT_TYPES not in archive.namelist():
        raise Refused("archive")
    for element in elements(archive.open(CONTENT_TYPES)):
        yield (
            element.attributes.get("PartName", "").removeprefix("/"),
            element.attributes.get("ContentType", "").lower(),
        )


def _findings(archive: ZipFile) -> Iterator[Finding]:
    types = list(_content_types(archive))
    if any(MACRO_TYPE.search(kind) for _, kind in types):
        yield Finding.MACRO
    for name in archive.namelist():
        path = name.lower()
        if path.endswith("vbaproject.bin"):
            yield Finding.MACRO
        if "/embeddings/" in path or "/activex/" in path:
            yield Finding.EMBEDDED_OBJECT
        if path.endswith(".rels"):
            yield from _relations(archive, name)
    for instructions in _instructions(archive, _markup(archive, types)):
        if DDE.search(instructions):
            yield Finding.PROGRAM_START
        if INCLUDED.search(instructions):
            yield Finding.EXTERNAL_RESOURCE


def _relations(archive: ZipFile, name: str) -> Iterator[Finding]:
    for relation in elements(archive.open(name)):
        kind = relation.attributes.get("Type", "").rpartition("/")[2].lower()
        if kind in RELATIONS:
            yield RELATIONS[kind]
        mode, target = relation.attributes.get("TargetMode", ""), relation.attributes.get("Target", "")
        if kind != "hyperlink" and (mode.lower() == "external" or ":" in target):
            yield Finding.EXTERNAL_RESOURCE


def _instructions(archive: ZipFile, parts: Iterable[str]) -> Iterator[str]:
    """What the fields are told to do, which Word may write in several pieces, in several paragraphs."""
    for part in parts:
        pieces: list[str] = []
        is_instruction = False
        depth = 0  # fields hold fields
        for event in events(archive.open(part)):
            match event:
                case Element(name="fldSimple", attributes=attributes):
                    yield attributes.get("instr", "")
                case Element(name="fldChar", attributes=attributes):
                    depth += STEPS.get(attributes.get("fldCharType", ""), 0)
                case Element(name=name):
                    is_instruction = name == "instrText"
                case End(name="p") if depth <= 0:
                    yield "".join(pieces)
                    pieces.clear()
                    depth = 0
                case str() if is_instruction:
                    pieces.append(event)
        yield "".join(pieces)


def _markup(archive: ZipFile, types: list[tuple[str, str]]) -> set[str]:
    """Every part where a field may stand: headers, notes and comments bear any name."""
    body = _body(types)
    folder = body.rpartition("/")[0]
    typed = {name.lower() for name, kind in types if "wordprocessingml" in kind}
    return {
        body,
        *(
            name
            for name in archive.namelist()
            if name.lower() in typed or (name.startswith(folder) and name.lower().endswith(".xml"))
        ),
    }

"""Word documents (.docx, and .docm for what it is: a .docx with macros)."""

import re
from collections.abc import Iterator
from zipfile import ZipFile

from common.uploads.readers import drawing
from common.uploads.readers.archive import images, open_archive
from common.uploads.readers.markup import TextRules, elements, text
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


def inspect(data: bytes) -> set[Finding]:
    with open_archive(data) as archive:
        _text(archive)
        return set(_findings(archive))


def neutralise(data: bytes) -> Neutralised:
    with open_archive(data) as archive:
        return drawing.neutralise(_text(archive), images=images(archive, "word/media/"))


def _text(archive: ZipFile) -> str:
    body = _body(archive)
    parts = [body, *(name for name in archive.namelist() if BESIDE_THE_BODY.fullmatch(name) and name != body)]
    return "\n".join(text(archive.open(part), RULES) for part in parts)


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
            for relation in elements(archive.open(name)):
                kind = relation.attributes.get("Type", "").rpartition("/")[2].lower()
                if kind == "afchunk":
                    yield Finding.EMBEDDED_OBJECT
                if relation.attributes.get("TargetMode", "").lower() == "external" and kind != "hyperlink":
                    yield Finding.EXTERNAL_RESOURCE

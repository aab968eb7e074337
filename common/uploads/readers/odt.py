"""OpenDocument texts (.odt)."""

from collections.abc import Iterator
from zipfile import ZipFile

from common.uploads.readers import drawing
from common.uploads.readers.archive import images, open_archive
from common.uploads.readers.markup import TextRules, elements, text
from common.uploads.refusals import Refused
from common.uploads.results import Finding, Neutralised

MANIFEST = "META-INF/manifest.xml"
PARTS = ["content.xml", "styles.xml"]  # the second holds headers and footers
RULES = TextRules(
    kept=frozenset({"p", "h"}),
    skipped=frozenset({"tracked-changes"}),
    paragraphs=frozenset({"p", "h"}),
    marks={"s": " ", "tab": "\t", "line-break": "\n"},
)
# What a document fetches by itself when it opens; a link of the text (`a`) waits for a click.
FETCHED = {"image", "object", "object-ole", "plugin", "template", "section-source", "floating-frame"}
OBJECTS = {"object", "object-ole", "plugin", "applet", "floating-frame"}
SCRIPTS = {"event-listener", "execute-macro"}
DDE = {"dde-source", "dde-connection", "dde-connection-decl"}


def inspect(data: bytes) -> set[Finding]:
    with open_archive(data) as archive:
        _text(archive)
        return set(_findings(archive))


def neutralise(data: bytes) -> Neutralised:
    with open_archive(data) as archive:
        return drawing.neutralise(_text(archive), images=images(archive, "Pictures/"))


def _text(archive: ZipFile) -> str:
    names = archive.namelist()
    if MANIFEST in names and any(element.name == "encryption-data" for element in elements(archive.open(MANIFEST))):
        raise Refused("encrypted")
    if PARTS[0] not in names:
        raise Refused("damaged")
    return "\n".join(text(archive.open(part), RULES) for part in PARTS if part in names)


def _findings(archive: ZipFile) -> Iterator[Finding]:
    names = archive.namelist()
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        yield Finding.MACRO
    for part in {"meta.xml", *PARTS} & set(names):
        for element in elements(archive.open(part)):
            if element.name in OBJECTS:
                yield Finding.EMBEDDED_OBJECT
            target = element.attributes.get("href", "")
            if element.name in SCRIPTS or "script:" in target:
                yield Finding.SCRIPT
            if element.name in DDE or (element.name in FETCHED and (":" in target or target.startswith("//"))):
                yield Finding.EXTERNAL_RESOURCE

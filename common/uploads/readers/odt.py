"""OpenDocument texts (.odt)."""

import re
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
# What leads elsewhere is fetched by some element or other when the document opens; a link (`a`) waits for a click.
ADDRESSES = ("href", "src", "action")
REMOTE = re.compile(r":|^[\\/]{2}")
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
            targets = [element.attributes.get(name, "") for name in ADDRESSES]
            if element.name in SCRIPTS or any("script:" in target for target in targets):
                yield Finding.SCRIPT
            if element.name in DDE or (element.name != "a" and any(map(REMOTE.search, targets))):
                yield Finding.EXTERNAL_RESOURCE

"""What a PDF holds besides its pages: scripts, actions, attachments, streams that swell."""

import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

import pikepdf

from common.uploads.limits import LIMITS
from common.uploads.refusals import Refused
from common.uploads.results import Finding

# Names that betray an active content, be they the key of an entry or its value.
ACTIVE = {
    "/JS": Finding.SCRIPT,
    "/JavaScript": Finding.SCRIPT,
    "/AA": Finding.AUTOMATIC_ACTION,
    "/OpenAction": Finding.AUTOMATIC_ACTION,
    "/Launch": Finding.PROGRAM_START,
    "/XFA": Finding.DYNAMIC_FORM,
    "/RichMedia": Finding.EMBEDDED_OBJECT,
    "/Movie": Finding.EMBEDDED_OBJECT,
    "/Sound": Finding.EMBEDDED_OBJECT,
    "/Rendition": Finding.EMBEDDED_OBJECT,
    "/3D": Finding.EMBEDDED_OBJECT,
    "/EmbeddedFile": Finding.ATTACHMENT,
    "/EmbeddedFiles": Finding.ATTACHMENT,
    "/EF": Finding.ATTACHMENT,
    "/FileAttachment": Finding.ATTACHMENT,
    "/Collection": Finding.ATTACHMENT,
    "/GoToE": Finding.ATTACHMENT,
    "/GoToR": Finding.EXTERNAL_RESOURCE,
    "/SubmitForm": Finding.EXTERNAL_RESOURCE,
    "/ImportData": Finding.EXTERNAL_RESOURCE,
    "/URL": Finding.EXTERNAL_RESOURCE,
}
END = b"%%EOF"
TAIL = 1024  # programs look for the end in these last bytes
CHUNK = 1024 * 1024

# qpdf opens the system's source of random numbers at its first encryption, and keeps it: a confined process could not.
pikepdf.new().save(BytesIO(), encryption=pikepdf.Encryption(owner="", user=""))


def inspect(data: bytes) -> set[Finding]:
    """The active contents of a PDF that opens. Raises `Refused` when it is cut, or too large once unpacked.

    A structure that only a repair can read is searched after the repair; one that cannot be read is itself a finding.
    """
    before, end, after = data.rpartition(END)
    found = {Finding.HIDDEN_DATA} if end and len(after.strip()) > TAIL else set()
    document = _open(data, strict=True) or _open(before + end, strict=True)
    if not document and END not in data[-TAIL:]:
        raise Refused("damaged")
    document = document or _open(data, strict=False)
    if not document:
        return found | {Finding.DAMAGED_STRUCTURE}
    with document:
        _weigh(document)
        if any(_stands_elsewhere(item) for item in document.objects):
            found.add(Finding.EXTERNAL_RESOURCE)
        return found.union(ACTIVE[name] for name in _names(document) if name in ACTIVE)


def _open(data: bytes, *, strict: bool) -> pikepdf.Pdf | None:
    try:
        return pikepdf.open(BytesIO(data), attempt_recovery=not strict, suppress_warnings=True)
    except pikepdf.PdfError:
        return None


def _names(document: pikepdf.Pdf) -> Iterator[str]:
    """All the names of the structure. What an object refers to is met as an object of its own."""
    waiting: list[Any] = [document.trailer, *document.objects]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Name):
            yield str(item)
        elif isinstance(item, pikepdf.Array):
            waiting.extend(value for value in item if not _is_reference(value))
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            for key, value in item.items():
                if key == "/OpenAction" and _is_destination(value):
                    continue
                yield key
                if not _is_reference(value):
                    waiting.append(value)


def _stands_elsewhere(item: Any) -> bool:
    """Whether a stream is to be read in another file, or draws the page of one. Elsewhere these keys are harmless."""
    if not isinstance(item, pikepdf.Stream):
        return False
    return "/Ref" in item or "/FFilter" in item or isinstance(item.get("/F"), pikepdf.String | pikepdf.Dictionary)


def _is_reference(value: Any) -> bool:
    return isinstance(value, pikepdf.Object) and value.is_indirect


def _is_destination(action: Any) -> bool:
    """Whether opening the document only goes to one of its pages, as most programs write."""
    return not isinstance(action, pikepdf.Dictionary) or action.get("/S") == pikepdf.Name.GoTo


def _weigh(document: pikepdf.Pdf) -> None:
    size = 0
    for item in document.objects:
        if isinstance(item, pikepdf.Stream):
            for chunk in _unpacked(item):
                size += len(chunk)
                if size > LIMITS.pdf_size:
                    raise Refused("bomb")


def _unpacked(stream: pikepdf.Stream) -> Iterable[bytes]:
    """Its content as far as its first compressions go: other codings swell less, and rendering meets them."""
    filters = stream.get("/Filter")
    chunks: Iterable[bytes] = [stream.read_raw_bytes()]
    for name in filters if isinstance(filters, pikepdf.Array) else [filters]:
        if name != pikepdf.Name.FlateDecode:
            break
        chunks = _inflated(chunks)
    return chunks


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    decoder = zlib.decompressobj()
    for chunk in chunks:
        rest = chunk
        while rest and not decoder.eof:
            try:
                yield decoder.decompress(rest, CHUNK)
            except zlib.error:  # rendering will tell
                return
            rest = decoder.unconsumed_tail

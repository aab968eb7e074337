"""The view of a document that agents open in place of the original."""

from pathlib import Path

from common.uploads import ocr, sandbox
from common.uploads.checks import read
from common.uploads.limits import LIMITS
from common.uploads.refusals import NeutralisationFailed, Refused
from common.uploads.results import Kind, Neutralised
from common.uploads.text import printable

JPEG = b"\xff\xd8\xff"


def neutralise(kind: Kind, source: bytes | Path) -> Neutralised:
    """Images of the document's pages, and its text. Nothing else of the original passes.

    Takes up to a minute, more when characters must be recognised: made for a background job. Raises
    `NeutralisationFailed`, or `sandbox.SandboxUnavailable` when it should be tried again.
    """
    try:
        answer, body = sandbox.ask("neutralise", kind, read(source), seconds=LIMITS.neutralise_time)
        pages = _split(body, answer["sizes"])
        text, truncated = str(answer["text"]), bool(answer["truncated"])
    except (sandbox.SandboxFailed, Refused, KeyError, TypeError) as failure:
        raise NeutralisationFailed from failure
    if not pages or not all(page.startswith(JPEG) for page in pages):
        raise NeutralisationFailed
    return Neutralised(pages=pages, text=printable(text).strip() or ocr.read(pages), truncated=truncated)


def _split(body: bytes, sizes: list[int]) -> list[bytes]:
    pages, start = [], 0
    for size in sizes:
        pages.append(body[start : start + size])
        start += size
    return pages

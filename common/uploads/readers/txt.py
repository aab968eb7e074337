"""Plain text."""

from common.uploads.readers import drawing
from common.uploads.results import Finding, Neutralised
from common.uploads.text import decode


def inspect(data: bytes) -> set[Finding]:
    decode(data)
    return set()


def neutralise(data: bytes) -> Neutralised:
    return drawing.neutralise(decode(data))

"""Bytes to text, and what text may be sent as such."""

import codecs
import re

from common.uploads.refusals import Refused

BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
MARKUP = re.compile(r"<\s*(?:!doctype|\?xml|\?php|html|head|body|hta:[a-z]+|script|iframe|svg)\b", re.IGNORECASE)


def decode(data: bytes) -> str:
    """The text of `data`: UTF-8, UTF-16 with its mark, or else the encoding of French Windows.

    Raises `Refused` when these bytes are not text: a control character, NUL first of all, betrays something else.
    """
    marks = [encoding for mark, encoding in BYTE_ORDER_MARKS.items() if data.startswith(mark)]
    for encoding in marks or ["utf-8", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not CONTROL.search(text):
            return text
    raise Refused("wrong_kind")


def printable(text: str) -> str:
    """`text` without what a database or a page cannot hold."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))

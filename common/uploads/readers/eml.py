"""E-mail messages saved as files (.eml): their words are shown, their attachments are named and never opened."""

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from html.parser import HTMLParser

from common.uploads.limits import LIMITS
from common.uploads.readers import drawing
from common.uploads.refusals import Refused
from common.uploads.results import Finding, Neutralised

HEADERS = {"De": "From", "À": "To", "Date": "Date", "Objet": "Subject"}
LINE_BREAKS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
UNSEEN = {"script", "style", "title"}


def inspect(data: bytes) -> set[Finding]:
    message = _parse(data)
    _text(message)
    return {Finding.ATTACHMENT} if any(map(_is_attachment, _parts(message))) else set()


def neutralise(data: bytes) -> Neutralised:
    return drawing.neutralise(_text(_parse(data)))


def _parse(data: bytes) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(data)


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The message and all that it contains, in reading order, messages that it forwards included."""
    waiting = [(message, 0)]
    while waiting:
        part, depth = waiting.pop()
        if depth > LIMITS.message_depth:
            raise Refused("unreadable")
        yield part
        if part.is_multipart():
            waiting.extend((inner, depth + 1) for inner in reversed(list(part.iter_parts())))


def _text(message: EmailMessage) -> str:
    parts = list(_parts(message))
    read = [part for part in parts if part.get_content_maintype() == "text" and not _is_attachment(part)]
    # The same words are often sent twice: the page is read when it comes alone.
    plain = [part for part in read if part.get_content_subtype() != "html"]
    pieces: list[str] = []
    for part in parts:
        pieces.extend(f"{label} : {part[header]}" for label, header in HEADERS.items() if part[header])
        if part in (plain or read):
            pieces.append(f"\n{_words(part)}\n")
    pieces.extend(
        f"Pièce jointe, non ouverte : {part.get_filename() or 'sans nom'}" for part in parts if _is_attachment(part)
    )
    return "\n".join(pieces)


def _is_attachment(part: EmailMessage) -> bool:
    if part.is_multipart():
        return False
    return part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text"


def _words(part: EmailMessage) -> str:
    text = _decoded(part)
    if part.get_content_subtype() != "html":
        return text
    page = _PageText()
    page.feed(text)
    page.close()
    return "".join(page.pieces)


def _decoded(part: EmailMessage) -> str:
    """An encoding that is unknown, or was not loaded, is taken for that of French Windows."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(part.get_content_charset("utf-8"), errors="replace")
    except LookupError:
        return content.decode("cp1252", errors="replace")


class _PageText(HTMLParser):
    """The words of a web page, which is nowhere shown as a page."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.unseen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen = tag in UNSEEN
        if tag in LINE_BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.unseen = False

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.pieces.append(re.sub(r"\s+", " ", data))

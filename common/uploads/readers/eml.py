"""E-mail messages saved as files (.eml): their words are shown, their attachments are named and never opened."""

import re
from collections.abc import Iterator
from email import errors, policy
from email.message import EmailMessage
from email.parser import BytesParser
from html.parser import HTMLParser

from common.uploads.limits import LIMITS
from common.uploads.readers import drawing
from common.uploads.refusals import Refused
from common.uploads.results import Finding, Neutralised

HEADERS = {"De": "From", "À": "To", "Date": "Date", "Objet": "Subject"}
LINE_BREAKS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
HEADER_LENGTH = 10_000  # characters, beyond which a header is not understood but cut
PAGE_LENGTH = 300_000
UNSEEN = {"script", "style", "title"}
SCRIPTS = {"script", "iframe", "frame", "object", "embed", "applet"}
FETCHED = {"src", "background", "poster", "data", "lowsrc", "dynsrc"}
LINKS = {"href", "xlink:href"}  # fetched too, except where a click is waited for
SETS = {"srcset", "imagesrcset"}
CLICKED = {"a", "area"}
WORDS = {"plain", "html"}  # the texts that are read; any other is kept to be opened
IGNORED_IN_ADDRESS = re.compile(r"[\x00-\x20]")
ELSEWHERE = r"(?:(?!cid:|data:|mailto:)[a-z][a-z0-9+.-]*:|[\\/]{2})"
REMOTE = re.compile(rf"^{ELSEWHERE}", re.IGNORECASE)
REMOTE_IN_SET = re.compile(rf"(?:^|,){ELSEWHERE}", re.IGNORECASE)
REMOTE_STYLE = re.compile(rf"(?:url\(|@import)[\s\"'(]*(?:\\|{ELSEWHERE})", re.IGNORECASE)
SCRIPT_ADDRESS = re.compile(r"^(?:java|vb)script:", re.IGNORECASE)

BOUNDARY = re.compile(rb"\bboundary\s*=", re.IGNORECASE)
UUENCODED = re.compile(r"^begin(?:-base64)? [0-7]{3,4} \S", re.MULTILINE)
LONG = 200  # characters before the parts: more than « This is a multi-part message in MIME format. »
UNCLEAR = (
    errors.NoBoundaryInMultipartDefect,
    errors.StartBoundaryNotFoundDefect,
    errors.MultipartInvariantViolationDefect,
    errors.InvalidMultipartContentTransferEncodingDefect,
)


def inspect(data: bytes) -> set[Finding]:
    return set(_findings(_parse(data)))


def neutralise(data: bytes) -> Neutralised:
    return drawing.neutralise(_text(_parse(data)))


def _parse(data: bytes) -> EmailMessage:
    # The parser looks for each boundary in each line.
    if len(BOUNDARY.findall(data)) > LIMITS.message_boundaries or data.count(b"\n--") > LIMITS.message_parts:
        raise Refused("unreadable")
    return BytesParser(policy=policy.default).parsebytes(data)


def _findings(message: EmailMessage) -> Iterator[Finding]:
    for part in _parts(message):
        if _is_attachment(part) or part.get_content_type() == "message/external-body":
            yield Finding.ATTACHMENT
        elif not part.is_multipart():
            words = _decoded(part)
            if part.get_content_subtype() == "html":
                yield from _page(words).findings
                if len(words) > PAGE_LENGTH:
                    yield Finding.DAMAGED_STRUCTURE
            elif UUENCODED.search(words):
                yield Finding.ATTACHMENT
        if len(part.preamble or "") > LONG or (part.epilogue or "").strip():
            yield Finding.HIDDEN_DATA
        if any(isinstance(defect, UNCLEAR) for defect in part.defects):
            yield Finding.DAMAGED_STRUCTURE


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """The message and all that it contains, in reading order, messages that it forwards included."""
    return (part for part, _ in _owned_parts(message))


def _owned_parts(message: EmailMessage) -> Iterator[tuple[EmailMessage, EmailMessage]]:
    """Each part with the message that it belongs to, which a message forwards or is."""
    waiting = [(message, message, 0)]
    while waiting:
        part, owner, depth = waiting.pop()
        if depth > LIMITS.message_depth:
            raise Refused("unreadable")
        yield part, owner
        if part.is_multipart():
            is_envelope = part.get_content_maintype() == "message"
            waiting.extend(
                (inner, inner if is_envelope else owner, depth + 1) for inner in reversed(list(part.iter_parts()))
            )


def _text(message: EmailMessage) -> str:
    owned = list(_owned_parts(message))
    messages: dict[EmailMessage, list[EmailMessage]] = {}
    for part, owner in owned:
        messages.setdefault(owner, []).append(part)
    words: dict[EmailMessage, str] = {}
    for parts in messages.values():
        words.update(_chosen(parts))
    pieces: list[str] = []
    for part, _ in owned:
        pieces.extend(f"{label} : {_header(part, name)}" for label, name in HEADERS.items() if name in part)
        if part in words:
            pieces.append(f"\n{words[part]}\n")
    pieces.extend(
        f"Pièce jointe, non ouverte : {part.get_filename() or 'sans nom'}" for part, _ in owned if _is_attachment(part)
    )
    return "\n".join(pieces)


def _chosen(parts: list[EmailMessage]) -> dict[EmailMessage, str]:
    """What is shown of one message. The same words are often sent twice, as a text and as a page: the text is enough.

    Unless it says much less, as « Voir en ligne. » does: then both are shown.
    """
    read = [part for part in parts if not part.is_multipart() and not _is_attachment(part)]
    texts = {part: _words(part) for part in read if part.get_content_subtype() == "plain"}
    pages = {part: _words(part) for part in read if part not in texts}
    is_enough = 2 * sum(map(_length, texts.values())) >= sum(map(_length, pages.values()))
    return texts if is_enough else {**texts, **pages}


def _length(words: str) -> int:
    return sum(map(len, words.split()))


def _header(part: EmailMessage, name: str) -> str:
    raw = next(value for key, value in part.raw_items() if key.lower() == name.lower())
    return str(part[name]) if len(raw) <= HEADER_LENGTH else raw[:HEADER_LENGTH]


def _is_attachment(part: EmailMessage) -> bool:
    if part.is_multipart():
        return False
    return (
        part.get_content_disposition() == "attachment"
        or part.get_content_maintype() != "text"
        or part.get_content_subtype() not in WORDS
        or bool(part.get_filename())
    )


def _words(part: EmailMessage) -> str:
    text = _decoded(part)
    if part.get_content_subtype() != "html":
        return text
    return "".join(_page(text).pieces)


def _decoded(part: EmailMessage) -> str:
    """An encoding that is unknown, or was not loaded, is taken for that of French Windows."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(part.get_content_charset("utf-8"), errors="replace")
    except LookupError:
        return content.decode("cp1252", errors="replace")


def _page(text: str) -> "_Page":
    page = _Page()
    page.feed(text[:PAGE_LENGTH])
    page.close()
    return page


class _Page(HTMLParser):
    """The words of a web page, which is nowhere shown as a page, and what it would do where it is."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.findings: set[Finding] = set()
        self.unseen = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen = tag in UNSEEN
        if tag in LINE_BREAKS:
            self.pieces.append("\n")
        addresses = [(name, IGNORED_IN_ADDRESS.sub("", value or "")) for name, value in attrs]
        if tag in SCRIPTS or any(name.startswith("on") or SCRIPT_ADDRESS.search(value) for name, value in addresses):
            self.findings.add(Finding.SCRIPT)
        if any(_is_remote(tag, name, value) for name, value in addresses):
            self.findings.add(Finding.EXTERNAL_RESOURCE)

    def handle_endtag(self, tag: str) -> None:
        self.unseen = False

    def handle_data(self, data: str) -> None:
        if self.unseen and REMOTE_STYLE.search(data):
            self.findings.add(Finding.EXTERNAL_RESOURCE)
        if not self.unseen:
            self.pieces.append(re.sub(r"\s+", " ", data))


def _is_remote(tag: str, name: str, value: str) -> bool:
    """Whether an attribute makes a reader of messages fetch something as soon as the message is shown."""
    if tag == "meta":
        return name == "http-equiv" and value.lower() == "refresh"
    if name == "style":
        return bool(REMOTE_STYLE.search(value))
    if name in SETS:
        return bool(REMOTE_IN_SET.search(value))
    return (name in FETCHED or (name in LINKS and tag not in CLICKED)) and bool(REMOTE.search(value))

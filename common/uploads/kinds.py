"""The kind of a file, from its first bytes. Its name and the type that a browser declares count for nothing."""

from common.uploads.refusals import Refused
from common.uploads.results import Kind
from common.uploads.text import MARKUP, decode

BLANK = b"\xef\xbb\xbf \t\r\n"
SIGNATURES = {b"\xff\xd8\xff": Kind.JPEG, b"\x89PNG\r\n\x1a\n": Kind.PNG}
HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
ARCHIVE = b"PK\x03\x04"
ODT_MARK = b"mimetypeapplication/vnd.oasis.opendocument.text"  # its first entry, never compressed

OTHER_ARCHIVES = (b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF", b"\x28\xb5\x2f\xfd")
COMPOUND_DOCUMENT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, .xls, and the envelope of an encrypted .docx
MESSAGE_HEADERS = {b"from", b"to", b"subject", b"date", b"received", b"message-id", b"mime-version", b"return-path"}


def recognise(data: bytes) -> Kind:
    """The only kind that `data` can be; its parser has the last word. Raises `Refused` for what is not accepted.

    A signature counts at the very start, blanks aside: a PDF behind a web page or an archive is not a PDF. What follows
    the end of an image is not looked at, since encoding the image anew drops it.
    """
    kind = _signed(data)
    if kind:
        return kind
    _refuse_known(data)
    if _is_message(data):
        return Kind.EML
    if MARKUP.search(decode(data)[:1024]):
        raise Refused("web_page")
    return Kind.TXT


def _signed(data: bytes) -> Kind | None:
    if data[:1024].lstrip(BLANK).startswith(b"%PDF-"):
        return Kind.PDF
    if data.startswith(ARCHIVE):
        return Kind.ODT if data.startswith(ODT_MARK, 30) else Kind.DOCX
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Kind.WEBP
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        return Kind.HEIC
    return next((kind for signature, kind in SIGNATURES.items() if data.startswith(signature)), None)


def _refuse_known(data: bytes) -> None:
    if data.startswith(OTHER_ARCHIVES) or data[257:262] == b"ustar":
        raise Refused("archive")
    if data.startswith(COMPOUND_DOCUMENT):
        raise Refused("encrypted" if "EncryptedPackage".encode("utf-16-le") in data else "old_office")
    if data.startswith(b"{\\rtf"):
        raise Refused("old_office")
    if data.startswith((b"#!", b"%!PS")):
        raise Refused("wrong_kind")


def _is_message(data: bytes) -> bool:
    headers = set()
    for line in data[:65_536].lstrip(BLANK).splitlines():
        name, colon, _ = line.partition(b":")
        if not line or not (colon or line[:1].isspace()):
            break
        headers.add(name.lower())
    return len(headers & MESSAGE_HEADERS) >= 2

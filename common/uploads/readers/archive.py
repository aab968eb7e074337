"""The archive that a .docx or .odt is, judged by its table of contents before anything is unpacked."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from common.uploads.kinds import ODT_MARK
from common.uploads.limits import LIMITS
from common.uploads.readers import image
from common.uploads.readers.jpeg import encode
from common.uploads.refusals import Refused

ENCRYPTED = 0x1


def open_archive(data: bytes) -> ZipFile:
    """The archive, when unpacking it is harmless. What an entry holds beyond its announced size is never unpacked."""
    try:
        archive = ZipFile(BytesIO(data))
    except BadZipFile as error:
        raise Refused("damaged") from error
    entries = archive.infolist()
    if "mimetype" in archive.namelist() and not data.startswith(ODT_MARK, 30):
        raise Refused("wrong_kind")  # a spreadsheet, a presentation, a book
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise Refused("encrypted")
    unpacked = sum(entry.file_size for entry in entries)
    allowed = min(LIMITS.archive_size, max(LIMITS.file_size, LIMITS.archive_ratio * len(data)))
    if len(entries) > LIMITS.archive_entries or unpacked > allowed:
        raise Refused("bomb")
    # Two entries of one name: programs do not agree on which to read.
    if len(set(archive.namelist())) < len(entries) or not all(map(_is_plain, entries)):
        raise Refused("unsafe")
    return archive


def images(archive: ZipFile, folder: str) -> list[bytes]:
    """Pages for the images of the document, which may be the letter itself: people paste photos into a text."""
    pages = []
    for name in archive.namelist():
        if name.startswith(folder):
            try:
                pages.append(encode(image.decode(archive.read(name))[0]))
            except (Refused, BadZipFile):  # a drawing of another format, a picture too large
                continue
        if len(pages) == LIMITS.pages:
            break
    return pages


def _is_plain(entry: ZipInfo) -> bool:
    name = entry.orig_filename
    outside = name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name or "\0" in name
    return not outside and entry.compress_type in (ZIP_STORED, ZIP_DEFLATED)

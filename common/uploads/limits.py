"""What may be sent, and what handling it may cost: the only place where these numbers stand."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, times in seconds."""

    file_size: int = 10 * MEGABYTE
    files: int = 5
    sending_size: int = 25 * MEGABYTE
    request_size: int = 26 * MEGABYTE  # a sending with its other fields

    image_pixels: int = 40_000_000
    # A .docx or .odt, read in its table of contents before anything is unpacked.
    archive_entries: int = 2_000
    archive_size: int = 100 * MEGABYTE
    archive_ratio: int = 200
    # All the compressed streams of a PDF, unpacked.
    pdf_size: int = 256 * MEGABYTE
    message_depth: int = 20
    message_boundaries: int = 100
    message_parts: int = 5_000

    # What agents see; beyond, it is said to be cut.
    pages: int = 30
    page_side: int = 2_400
    characters: int = 200_000

    # All the files of a sending together: the answer comes within five seconds.
    check_time: int = 4
    check_memory: int = 150 * MEGABYTE
    neutralise_time: int = 60
    ocr_time: int = 20
    ocr_pages: int = 5
    memory: int = 1024 * MEGABYTE
    answer_size: int = 64 * MEGABYTE


LIMITS = Limits()

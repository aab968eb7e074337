"""The text of pages that are only images, when Tesseract and its French dictionary are installed."""

import shutil

from common.uploads import sandbox
from common.uploads.limits import LIMITS
from common.uploads.text import printable

PROGRAM = shutil.which("tesseract")


def read(pages: list[bytes]) -> str:
    """The text of the first pages; nothing when the program is missing, gives up or takes too long."""
    if not PROGRAM:
        return ""
    texts = []
    for page in pages[: LIMITS.ocr_pages]:
        try:
            found = sandbox.run("ocr", PROGRAM, page, seconds=LIMITS.ocr_time)
        except (sandbox.SandboxFailed, sandbox.SandboxUnavailable):
            continue
        texts.append(printable(found.decode(errors="replace")).strip())
    return "\n\n".join(texts).strip()

"""Texts drawn as pages, so that whatever was sent is seen as images."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from textwrap import TextWrapper

from PIL import Image, ImageDraw, ImageFont

from common.uploads.limits import LIMITS
from common.uploads.readers.jpeg import encode
from common.uploads.results import Neutralised
from common.uploads.text import printable

# DejaVu Sans Mono: free, complete in the languages of Europe, and a line is a number of characters.
FONT = ImageFont.truetype(
    Path(__file__).parent / "fonts" / "DejaVuSansMono.ttf", 22, layout_engine=ImageFont.Layout.BASIC
)
WIDTH, HEIGHT = 1240, 1754  # A4 at 150 dots an inch
MARGIN = 100
LINE = 32
LINES = (HEIGHT - 2 * MARGIN) // LINE
WRAPPER = TextWrapper(width=78, tabsize=4, break_on_hyphens=False)


def neutralise(text: str, *, images: Sequence[bytes] = ()) -> Neutralised:
    """The pages of the text, then those of its images, as many as are shown. An empty text makes one blank page."""
    text = printable(text)
    shown = text[: LIMITS.characters]
    lines = _lines(shown)
    drawn = list(islice(lines, LIMITS.pages * LINES)) or [""]
    pages = [_page(drawn[start : start + LINES]) for start in range(0, len(drawn), LINES)]
    pages.extend(images)
    truncated = len(shown) < len(text) or len(pages) > LIMITS.pages or next(lines, None) is not None
    return Neutralised(pages=pages[: LIMITS.pages], text=shown, truncated=truncated)


def _lines(text: str) -> Iterator[str]:
    for paragraph in text.splitlines():
        yield from WRAPPER.wrap(paragraph) or [""]


def _page(lines: list[str]) -> bytes:
    page = Image.new("L", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        pen.text((MARGIN, MARGIN + number * LINE), line, fill="black", font=FONT)
    return encode(page)

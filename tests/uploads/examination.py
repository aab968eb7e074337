"""What becomes of a hostile file, found once for all the tests that ask."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from common.uploads import sandbox
from common.uploads.limits import LIMITS
from tests.uploads.hostile import Case

ACTIVE = re.compile(rb"<script|javascript|<html|MZ\x90|SECRET|/Launch|EICAR|PK\x03\x04|Exif|http:", re.IGNORECASE)


@dataclass(frozen=True)
class Examination:
    """`answer` is the expected word when the file deserves it; `flaws` are those of the pages shown in its place.

    `seconds` of the processor, which is all that an answer waits for, and `memory`, in bytes, are what it cost: the
    process that asks and the confined one, counted together.
    """

    answer: str
    seconds: float
    memory: int
    pages: int
    flaws: list[str]


def examine(case: Case) -> Examination:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, pages = folder / "source", folder / "pages"
        source.write_bytes(case.make())
        pages.mkdir()
        process = subprocess.run(
            [sys.executable, "-m", "tests.uploads.examiner", source, case.name, pages],
            cwd=sandbox.ROOT, capture_output=True, check=True,
        )  # fmt: skip
        said = json.loads(process.stdout)
        shown = sorted(pages.iterdir())
        return Examination(
            answer=_answer(case, said["answer"], said["findings"]),
            seconds=said["seconds"],
            memory=said["memory"],
            pages=len(shown),
            flaws=[f"{page.name}: {flaw}" for page in shown for flaw in _flaws(page)]
            + (["a text that no database holds"] if "\0" in said.get("text", "") else []),
        )


def _answer(case: Case, answer: str, findings: list[str]) -> str:
    if case.expected in findings:
        return case.expected
    return "held for something else" if findings else answer


def _flaws(path: Path) -> Iterator[str]:
    """What a page holds besides its look."""
    content = path.read_bytes()
    if found := ACTIVE.search(content):
        yield repr(found[0])
    with Image.open(path, formats=["JPEG"]) as image:
        image.load()
        if image.getexif() or any(not key.startswith("jfif") for key in image.info):
            yield "metadata"
        if max(image.size) > LIMITS.page_side:
            yield "too large"

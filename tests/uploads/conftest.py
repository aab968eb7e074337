"""What every test of the uploads leans on."""

from collections.abc import Callable
from functools import cache

import pytest

from common.uploads import ocr
from tests.uploads.examination import Examination, examine
from tests.uploads.hostile import Case


@pytest.fixture(autouse=True)
def _without_character_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same answers whether the machine has Tesseract or not."""
    monkeypatch.setattr(ocr, "PROGRAM", None)


@pytest.fixture(scope="session")
def examined() -> Callable[[Case], Examination]:
    """What becomes of a hostile file, examined once."""
    return cache(examine)

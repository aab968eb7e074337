"""What every test of the uploads leans on."""

import pytest

from common.uploads import ocr


@pytest.fixture(autouse=True)
def _without_character_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same answers whether the machine has Tesseract or not."""
    monkeypatch.setattr(ocr, "PROGRAM", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every hostile file, one after the other, takes minutes."""
    for item in items:
        if "case" in getattr(getattr(item, "callspec", None), "params", {}):
            item.add_marker(pytest.mark.slow)

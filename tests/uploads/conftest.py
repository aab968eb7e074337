"""What every test of the uploads leans on."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from common.uploads import ocr
from tests.uploads.examination import Examination, examine
from tests.uploads.hostile import Case


@pytest.fixture(autouse=True)
def _without_character_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same answers whether the machine has Tesseract or not."""
    monkeypatch.setattr(ocr, "PROGRAM", None)


@pytest.fixture(scope="session")
def examined(request: pytest.FixtureRequest) -> Iterator[Callable[[Case], Examination]]:
    """What becomes of a hostile file. All those of this run are examined meanwhile, two at a time, each once."""
    asked = [getattr(item, "callspec", None) for item in request.session.items]
    cases = dict.fromkeys(call.params["case"] for call in asked if call and "case" in call.params)
    with ThreadPoolExecutor(2) as pool:
        waiting = {case: pool.submit(examine, case) for case in cases}
        yield lambda case: waiting[case].result()
        pool.shutdown(cancel_futures=True)

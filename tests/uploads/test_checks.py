"""What is taken, what is held, what is refused: by the content, in time, and with words that help."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

from common.uploads.checks import check, check_sending
from common.uploads.limits import LIMITS, MEGABYTE
from common.uploads.names import safe_name
from common.uploads.refusals import MESSAGES, Refused
from common.uploads.results import LABELS, Finding, Kind
from tests.uploads.documents import ORDINARY, pdf
from tests.uploads.hostile import CASES

GESTURE = re.compile(r"(?:envoyez|choisissez|enregistrez|imprimez|photographiez|réduisez|demandez)", re.IGNORECASE)


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_document_is_taken(name):
    document = ORDINARY[name]()

    checked = check(document, name)

    assert checked.kind == Path(name).suffix[1:]
    assert (checked.name, checked.size, checked.sha256) == (name, len(document), sha256(document).hexdigest())
    assert not checked.held


def test_file_may_be_given_by_its_path(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(pdf())

    assert check(path, "lettre.pdf").kind == Kind.PDF


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hostile_or_odd_file_gets_its_answer(case, examined):
    assert examined(case).answer == case.expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_answer_comes_in_time_and_in_little_memory(case, examined):
    examination = examined(case)

    assert examination.seconds < 5
    assert examination.memory < 200 * MEGABYTE


@pytest.mark.parametrize("case", [case for case in CASES if case.expected not in MESSAGES], ids=lambda case: case.name)
def test_what_is_taken_is_shown_without_anything_active(case, examined):
    assert examined(case).flaws == []
    assert case.shown == (1 <= examined(case).pages <= LIMITS.pages)


def test_there_are_enough_hostile_files():
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) > 150


@pytest.mark.parametrize("message", MESSAGES.values())
def test_refusal_says_what_to_do_in_french(message):
    assert GESTURE.search(message)
    assert message.endswith(".")
    assert not re.search(r"[^\u00a0][:;?!]", message)


def test_every_finding_has_its_words():
    assert set(LABELS) == set(Finding)
    assert Finding.MACRO.label == "contient des macros"


def test_sending_has_its_own_limits():
    check_sending([5 * MEGABYTE] * 5)
    with pytest.raises(Refused, match="too_many_files"):
        check_sending([1] * 6)
    with pytest.raises(Refused, match="sending_too_big"):
        check_sending([9 * MEGABYTE] * 3)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("lettre.pdf", "lettre.pdf"),
        ("Lettre de l'été n° 2.PDF", "Lettre de l'été n° 2.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\moi\\lettre.pdf", "lettre.pdf"),
        ("facture.pdf.exe", "facture.pdf.pdf"),
        ("photo\u202egpj.exe", "photogpj.pdf"),
        ("a\0b\x1b[31m\r\nc\t.pdf", "ab[31m c.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ('<img src="x">?*|.pdf', "-img src=-x-.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
        ("Lettre du 12.03", "Lettre du 12.03.pdf"),
        ("", "document.pdf"),
        (".pdf", "document.pdf"),
        ("...", "document.pdf"),
        ("\ud800\ue000.pdf", "document.pdf"),
        ("💌 lettre\u200b\ufeff.pdf", "💌 lettre.pdf"),
    ],
)
def test_name_is_made_safe(name, expected):
    assert safe_name(name, Kind.PDF) == expected

"""Numbers and keys that people copy by hand."""

import re

import pytest

from simplification import numbers


def test_a_number_has_no_letter_read_for_another():
    assert re.fullmatch("OUPS-2026-[2-9A-HJ-NP-Z]{8}", numbers.draw_number(2026))


@pytest.mark.parametrize(
    "typed", ["OUPS-2026-K7M4Q2XB", "oups 2026 k7m4q2xb", "OUPS2026K7M4Q2XB", " oups-2026-k7m4 q2xb "]
)
def test_a_number_is_read_however_it_was_copied(typed):
    assert numbers.normalised_number(typed) == "OUPS-2026-K7M4Q2XB"


def test_one_form_has_one_key_and_another_form_another():
    token = numbers.draw_token()

    assert numbers.tracking_key(token) == numbers.tracking_key(token) != numbers.tracking_key(numbers.draw_token())


def test_a_key_holds_at_least_128_bits():
    letters = numbers.tracking_key(numbers.draw_token()).replace("-", "")

    assert len(letters) * 5 >= 128


def test_a_key_is_read_however_it_was_copied():
    key = numbers.tracking_key(numbers.draw_token())

    assert numbers.key_digest(key) == numbers.key_digest(key.lower().replace("-", " "))

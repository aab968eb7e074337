"""What two documents of an entry say differently."""

import pytest

from errors_catalog.content import content_of
from errors_catalog.differences import differences
from tests.factories import FrequentErrorFactory

pytestmark = pytest.mark.django_db


def test_a_text_that_repeats_itself_without_end_is_replaced_whole():
    content = content_of(FrequentErrorFactory())
    before, after = content | {"sanction": "a b c d " * 500}, content | {"sanction": "d c b a " * 500}

    (difference,) = differences(before, after)

    assert [piece.kind for piece in difference.pieces] == ["removed", "added"]

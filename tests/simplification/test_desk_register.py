"""Who opened which file: written once a visit, never taken back."""

import pytest
from django.db import IntegrityError

from simplification import desk
from simplification.models import Document, DocumentAccess
from tests.simplification.situations import controlled, member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_antivirus")]


def test_a_file_seen_again_within_the_visit_is_written_once():
    document, person = controlled().documents.get(), member()

    desk.log_view(document, by=person)
    desk.log_view(document, by=person)

    assert DocumentAccess.objects.filter(document=document, by=person, action="view").count() == 1


def test_two_people_are_written_twice():
    document = controlled().documents.get()

    desk.log_view(document, by=member())
    desk.log_view(document, by=member())

    assert document.accesses.count() == 2


def test_the_database_refuses_to_forget_an_access():
    desk.log_download(controlled().documents.get(), by=member())

    with pytest.raises(IntegrityError):
        DocumentAccess.objects.all().delete()


@pytest.mark.parametrize(
    ("state", "findings", "allowed"),
    [
        ("ready", [], True), ("unreadable", [], False), ("ready", ["macro"], False), ("waiting", [], False),
        ("blocked", [], False), ("deleted", [], False),
    ],
)  # fmt: skip
def test_an_original_that_is_not_surely_harmless_is_never_given(state, findings, allowed):
    assert Document(state=state, findings=findings).may_be_downloaded is allowed

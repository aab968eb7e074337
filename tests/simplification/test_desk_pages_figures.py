"""Figures, and the register of accesses, in the admin."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from simplification import desk, services
from simplification.admin import counts
from simplification.models import DocumentAccess, Submission
from tests.factories import AdministrationFactory, StaffFactory
from tests.simplification.letters import photo
from tests.simplification.situations import QUEUE, controlled, member, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_antivirus")]


def test_statistics_count_and_time_the_answers(person):
    caf = AdministrationFactory(short_name="Caf")
    for days in (2, 4, 30):
        submission = controlled(administration=caf, difficulties=["words", "tone"])
        desk.answer(submission, text="Oui", by=person)
        Submission.objects.filter(pk=submission.pk).update(received_at=timezone.now() - timedelta(days=days))
    desk.change_state(submission, "closed", reason="x", by=person)
    received(difficulties=["words"])
    services.start()

    found = counts.statistics()

    assert (found.total.received, found.total.open, round(found.total.median_days)) == (4, 3, 4)
    assert [(line.label, line.received, line.open) for line in found.by_administration] == [
        ("Caf", 3, 2), ("administration inconnue", 1, 1),
    ]  # fmt: skip
    assert [(line.label, line.received) for line in found.by_difficulty] == [("les mots", 4), ("le ton", 3)]
    assert list(found.backlog.values()) == [3, 0, 0, 0]


def test_statistics_stand_when_nothing_was_received(client, person):
    assertContains(client.get(f"{QUEUE}statistiques/"), "Rien pour l'instant.", count=2)


def test_the_register_names_no_file(client):
    submission = controlled("", files=((photo(), "canari.jpg"),))
    desk.log_view(submission.documents.get(), by=member())
    client.force_login(StaffFactory(role="auditeur"))
    access = DocumentAccess.objects.get()

    for path in ("", f"{access.pk}/change/"):
        response = client.get(f"/gestion/simplification/documentaccess/{path}")
        assertContains(response, submission.number)
        assertNotContains(response, "canari")


@pytest.mark.parametrize("path", ["add/", "{}/delete/"])
def test_even_a_superuser_neither_adds_to_the_register_nor_deletes_from_it(client, path):
    desk.log_view(controlled().documents.get(), by=member())
    client.force_login(StaffFactory(is_superuser=True))

    path = f"/gestion/simplification/documentaccess/{path.format(DocumentAccess.objects.get().pk)}"

    assert (client.get(path).status_code, client.post(path).status_code) == (403, 403)


def test_even_a_superuser_does_not_change_the_register(client):
    desk.log_view(controlled().documents.get(), by=member())
    client.force_login(StaffFactory(is_superuser=True))

    path = f"/gestion/simplification/documentaccess/{DocumentAccess.objects.get().pk}/change/"

    assert client.post(path, {"action": "download"}).status_code == 403
    assert DocumentAccess.objects.get().action == "view"

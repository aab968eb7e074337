"""The queue of the team in the admin."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains

from simplification import desk, services
from simplification.models import Submission
from tests.factories import AdministrationFactory
from tests.simplification.letters import LETTER
from tests.simplification.situations import QUEUE, checked, controlled, member, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_antivirus")]


def numbers(response) -> list[str]:
    return re.findall(r"OUPS-\d{4}-\w{8}", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_queue_shows_what_was_sent_the_oldest_first(client, person):
    services.start()
    young, old = received(), received()
    Submission.objects.filter(pk=old.pk).update(received_at=timezone.now() - timedelta(days=3))

    assert numbers(client.get(QUEUE)) == [old.number, young.number]


def test_the_queue_shows_what_is_left_to_do(client, person):
    open_, ended = controlled(), controlled()
    desk.change_state(ended, "closed", reason="x", by=person)

    assert numbers(client.get(QUEUE)) == [open_.number]
    assert numbers(client.get(QUEUE, {"avancement": "termines"})) == [ended.number]
    assert len(numbers(client.get(QUEUE, {"avancement": "tous"}))) == 2


def test_a_number_is_found_even_when_it_is_ended(client, person):
    ended = controlled()
    desk.change_state(ended, "closed", reason="x", by=person)

    assert numbers(client.get(QUEUE, {"q": ended.number})) == [ended.number]


def test_the_queue_is_filtered_by_who_follows(client, person):
    mine, others, nobodys = received(), received(), received()
    desk.assign(mine, to=person, by=person)
    desk.assign(others, to=member(), by=person)

    assert numbers(client.get(QUEUE, {"suivi": "moi"})) == [mine.number]
    assert numbers(client.get(QUEUE, {"suivi": "personne"})) == [nobodys.number]


def test_the_queue_says_how_many_people_sent_the_same_letter(client, person):
    for name in "ABC":
        checked(f"{LETTER}\nPour {name}")

    assertContains(client.get(QUEUE), "3 personnes", count=3)


def test_the_queue_says_what_waits_for_the_antivirus_and_what_it_holds(client, person):
    received()
    held = received()
    held.documents.update(state="blocked")

    response = client.get(QUEUE)

    assertContains(response, "1 en attente de contrôle")
    assertContains(response, "1 retenu par l&#x27;antivirus")


def test_a_document_without_an_answer_after_three_weeks_is_late(client, person):
    late = received()
    Submission.objects.filter(pk=late.pk).update(received_at=timezone.now() - timedelta(days=30))

    assertContains(client.get(QUEUE), "30 jours (en retard)")


@pytest.mark.parametrize("count", [1, 10])
def test_the_queue_costs_the_same_for_one_document_or_ten(client, person, count, django_assert_num_queries):
    for _ in range(count):
        received(administration=AdministrationFactory())

    # session, account, second factor, permissions of the account and of its groups, counts and rows, files, filter of
    # administrations
    with django_assert_num_queries(10):
        client.get(QUEUE)

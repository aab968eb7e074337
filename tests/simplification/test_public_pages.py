"""What anyone reads: what the service is, what becomes of documents, the gallery."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from simplification.models import Rewriting, Submission
from tests.factories import AdministrationFactory, StaffFactory
from tests.simplification.situations import rewriting

pytestmark = pytest.mark.django_db

RESULTS = "/simplifier/resultats/"
GALLERY = "/simplifier/avant-apres/"


def submissions(count: int, *, answered_after: int | None = None, **values: Any) -> None:
    """That many documents received, without files; answered that many days later."""
    now = timezone.now()
    first = Submission.objects.count()
    Submission.objects.bulk_create(
        Submission(
            token=f"token-{number}", number=f"OUPS-{number}", key_digest="x", state=Submission.State.CHECKED,
            received_at=now - timedelta(days=60), purge_on=now.date(),
            answered_at=None if answered_after is None else now - timedelta(days=60 - answered_after),
            **{"kind": "letter", "difficulties": ["words"], **values},
        )
        for number in range(first, first + count)
    )  # fmt: skip


def published(**values: Any) -> Rewriting:
    found = rewriting(
        slug="rembourser-l-aide-au-logement", status=Rewriting.Status.PUBLISHED, published_at=timezone.now(),
        written_by=StaffFactory(), approved_by=StaffFactory(), **values,
    )  # fmt: skip
    found.save()
    return found


def test_the_limits_are_told_before_anything_is_sent(client):
    response = client.get("/simplifier/")

    for words in ("5 fichiers", "10\xa0Mo", "25\xa0Mo", "HEIC"):
        assertContains(response, words)


def test_the_service_says_what_it_is_not(client):
    response = client.get("/simplifier/")

    assertContains(response, "pas un recours")
    assertContains(response, "aucun délai")
    assertContains(response, "Sous 15 jours ouvrés")


def test_results_are_sensible_before_the_first_document(client):
    assertContains(client.get(RESULTS), "pas encore reçu de document")


def test_results_count_what_was_sent_and_no_draft(client):
    submissions(6)
    Submission.objects.create(token="draft")

    assertContains(client.get(RESULTS), "<dd>6</dd>")


def test_a_small_count_is_not_told(client):
    caf, town = AdministrationFactory(short_name="Caf"), AdministrationFactory(short_name="Petite mairie")
    submissions(5, administration=caf)
    submissions(4, administration=town, difficulties=["tone"])

    response = client.get(RESULTS)

    assertContains(response, '<th scope="row">Caf</th><td>5</td>')
    assertNotContains(response, "Petite mairie")
    assertContains(response, '<th scope="row">Le ton</th><td>moins de 5</td>')
    assertContains(response, '<th scope="row">Les mots</th><td>5</td>')


def test_half_of_the_people_are_answered_within_the_median(client):
    for days in (1, 2, 3, 30, 40):
        submissions(1, answered_after=days)

    assertContains(client.get(RESULTS), "<dd>4 jours</dd>")


def test_no_delay_is_told_of_too_few_answers(client):
    submissions(6)
    submissions(1, answered_after=1)

    assertContains(client.get(RESULTS), "pas encore assez de réponses")


@pytest.mark.parametrize("count", [0, 40])
def test_results_cost_the_same_whatever_they_hold(client, count, django_assert_num_queries):
    submissions(count)

    with django_assert_num_queries(3):
        client.get(RESULTS)


def test_an_empty_gallery_says_so(client):
    assertContains(client.get(GALLERY), "Aucun document réécrit")


def test_the_gallery_leads_to_a_document_before_and_after(client):
    found = published()

    assertContains(client.get(GALLERY), found.get_absolute_url())
    response = client.get(found.get_absolute_url())
    for words in (found.before, found.after, "<li>Une phrase courte.</li>"):
        assertContains(response, words)
    assertContains(client.get("/sitemap.xml"), found.get_absolute_url())


def test_what_is_not_published_is_not_found(client):
    draft = rewriting(slug="brouillon")
    draft.save()

    assert client.get(draft.get_absolute_url()).status_code == 404
    assertNotContains(client.get(GALLERY), draft.title)
    assertNotContains(client.get("/sitemap.xml"), "brouillon")

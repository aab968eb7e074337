"""Following and deleting, with the number and the key alone."""

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from simplification import desk, services
from simplification.models import Document, Event, Submission
from simplification.storage import documents
from tests.simplification.letters import photo
from tests.simplification.sender import TRACKING, sent
from tests.simplification.situations import member

pytestmark = pytest.mark.django_db

DELETE = f"{TRACKING}effacer/"
WRONG = "ne vont pas ensemble"


@pytest.fixture
def pair(client) -> dict[str, str]:
    submission, key = sent(client, (photo(), "lettre.jpg"), comment="Le mot indu", email="camille@exemple.fr")
    return {"number": str(submission.number), "key": key}


def test_the_number_and_the_key_open_the_story(client, pair):
    response = client.post(TRACKING, pair)

    assertContains(response, "Nous avons reçu votre document")
    assertContains(response, "sous 15 jours ouvrés")
    assert "no-store" in response["Cache-Control"]


def test_spaces_hyphens_and_small_letters_do_not_matter(client, pair):
    typed = {"number": pair["number"].lower().replace("-", " "), "key": f" {pair['key'].lower().replace('-', '')} "}

    assertContains(client.post(TRACKING, typed), "Ce qui s'est passé")


@pytest.mark.parametrize(
    "wrong", [{"key": "ABCD"}, {"number": "OUPS-2026-ZZZZZZZZ"}, {"number": "rien", "key": "rien"}, {"key": "é\x00"}]
)
def test_a_wrong_pair_has_one_answer_whatever_is_wrong(client, pair, wrong):
    response = client.post(TRACKING, pair | wrong)

    assertContains(response, WRONG, status_code=422)
    assertContains(response, "<title>Erreur&nbsp;: ", status_code=422)


def test_a_form_not_sent_cannot_be_followed(client):
    services.start()

    assertContains(client.post(TRACKING, {"number": "--", "key": "x"}), WRONG, status_code=422)


def test_empty_fields_say_what_to_type(client):
    response = client.post(TRACKING, {})

    assertContains(response, "Il commence par OUPS", status_code=422)
    assertContains(response, '<a href="#id_key">', status_code=422)


def test_tries_are_counted(client, pair, monkeypatch):
    monkeypatch.setattr("simplification.tracking_views.TRIES_AN_HOUR", 2)
    for _ in range(2):
        client.post(TRACKING, {"number": pair["number"], "key": "x"})

    assertContains(client.post(TRACKING, pair), "Attendez", status_code=429)
    assert client.post(DELETE, pair).status_code == 429


def test_the_answer_of_the_team_is_shown_as_text(client, pair):
    Submission.objects.update(
        state=Submission.State.REWRITING,
        answer="Vous devez **payer**. <script>alert(1)</script>",
        answered_at=timezone.now(),
    )

    response = client.post(TRACKING, pair)

    assertContains(response, "<strong>payer</strong>")
    assertNotContains(response, "<script>alert")
    assertContains(response, "Nous réécrivons votre document")


def test_an_answer_that_is_not_sent_is_not_shown(client, pair):
    Submission.objects.update(answer="Brouillon de réponse")

    assertNotContains(client.post(TRACKING, pair), "Brouillon de réponse")


def test_a_closed_document_says_why(client, pair):
    Submission.objects.update(state=Submission.State.CLOSED, closing_reason="Ce document n'est plus envoyé.")

    assertContains(client.post(TRACKING, pair), "n&#x27;est plus envoyé")


def test_what_the_team_notes_for_itself_is_not_shown(client, pair):
    Event.objects.create(submission=Submission.objects.get(), text="À voir avec Paul", is_public=False)

    assertNotContains(client.post(TRACKING, pair), "Paul")


def test_deleting_asks_first(client, pair):
    response = client.post(DELETE, pair)

    assertContains(response, "Oui, tout supprimer")
    assert Submission.objects.get().files_deleted_at is None


def test_deleting_removes_files_and_contact_at_once_and_keeps_the_lesson(
    client, pair, django_capture_on_commit_callbacks
):
    desk.answer(Submission.objects.get(), text="Bonjour Camille", by=member())
    desk.change_state(Submission.objects.get(), "closed", line="Camille a payé", reason="Pour Camille", by=member())

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(DELETE, pair | {"confirm": "1"})

    assertContains(response, "Vos documents sont effacés")
    assertNotContains(response, "Camille")
    submission = Submission.objects.get()
    assert (submission.email, submission.comment, submission.answer, list(documents().names())) == ("", "", "", [])
    assert {document.state for document in submission.documents.all()} == {Document.State.DELETED}
    assert (submission.kind, submission.difficulties) == ("letter", ["words", "deadline"])


def test_deleting_twice_is_deleting_once(client, pair):
    client.post(DELETE, pair | {"confirm": "1"})
    client.post(DELETE, pair | {"confirm": "1"})

    assert Event.objects.filter(text__contains="effacés").count() == 1


def test_a_wrong_key_deletes_nothing(client, pair):
    response = client.post(DELETE, pair | {"key": "x", "confirm": "1"})

    assertContains(response, WRONG, status_code=422)
    assert Submission.objects.get().files_deleted_at is None


def test_the_address_of_the_deletion_leads_to_the_tracking(client):
    assertRedirects(client.get(DELETE), TRACKING)

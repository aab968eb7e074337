"""The queue of readers' messages in the admin, and the page of one."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from errors_catalog.models import ReaderMessage, ReplyTemplate
from errors_catalog.services import readers
from tests.factories import FrequentErrorFactory, ReaderMessageFactory, StaffFactory

pytestmark = pytest.mark.django_db

QUEUE = "/gestion/errors_catalog/readermessage/"
TEMPLATES = "/gestion/errors_catalog/replytemplate/"
READERS = ["équipe simplification", "auditeur"]
EDITORS = ["rédacteur", "relecteur", "administrateur"]


def page_of(message: ReaderMessage) -> str:
    return f"{QUEUE}{message.pk}/change/"


@pytest.fixture
def editor(client):
    user = StaffFactory(role="rédacteur")
    client.force_login(user)
    return user


def listed(client, **query: object) -> list[ReaderMessage]:
    return list(client.get(QUEUE, query).context["cl"].result_list)


def test_the_queue_shows_what_is_to_settle_the_oldest_first(client, editor):
    young = ReaderMessageFactory()
    old = ReaderMessageFactory(missing=True, created_at=timezone.now() - timedelta(days=3))
    ReaderMessageFactory(helpful=True)

    assert listed(client) == [old, young]
    assertContains(client.get(QUEUE), "3 jours")


def test_the_queue_can_be_narrowed(client, editor):
    wrong = ReaderMessageFactory(reasons=["wrong"])
    waiting = ReaderMessageFactory(email="canari@exemple.fr")
    missing = ReaderMessageFactory(missing=True)
    settled = ReaderMessageFactory(settled_at=timezone.now())

    assert listed(client, raison="wrong") == [wrong]
    assert listed(client, reponse="attendue") == [waiting]
    assert listed(client, kind__exact="missing") == [missing]
    assert listed(client, suite="traites") == [settled]
    assert listed(client, error=wrong.error_id) == [wrong]
    assert len(listed(client, suite="tous")) == 4
    assertNotContains(client.get(QUEUE), "canari")


def test_words_are_looked_for_among_all_messages(client, editor):
    settled = ReaderMessageFactory(settled_at=timezone.now(), text="Ma ruche")
    ReaderMessageFactory()

    assert listed(client, q="ruche") == [settled]


@pytest.mark.parametrize("count", [1, 30])
def test_the_queue_costs_the_same_whatever_it_holds(client, editor, count, django_assert_num_queries):
    ReaderMessageFactory.create_batch(count)

    # session, person, second factor, permissions (two), messages counted, messages
    with django_assert_num_queries(7):
        client.get(QUEUE)


def test_a_message_stands_beside_its_entry(client, editor):
    error = FrequentErrorFactory(published=True, correction="1. Ouvrez **votre** compte.")
    message = ReaderMessageFactory(error=error, reasons=["wrong"], text="Le délai est faux", email="canari@exemple.fr")

    response = client.get(page_of(message))

    for piece in (
        "Le délai est faux",
        "une information est fausse",
        "Ouvrez <strong>votre</strong> compte",
        f'href="/gestion/errors_catalog/frequenterror/{error.pk}/change/"',
        f'href="{error.get_absolute_url()}"',
    ):
        assertContains(response, piece)
    assertNotContains(response, "canari")


def test_a_message_about_a_missing_entry_leads_to_a_new_one(client, editor):
    response = client.get(page_of(ReaderMessageFactory(missing=True, query="ruche")))

    assertContains(response, "ruche")
    assertContains(response, 'href="/gestion/errors_catalog/frequenterror/add/"')


def test_the_other_open_messages_of_the_entry_are_listed(client, editor):
    message = ReaderMessageFactory()
    other = ReaderMessageFactory(error=message.error, text="Moi aussi")
    ReaderMessageFactory(error=message.error, text="Jadis", settled_at=timezone.now())
    ReaderMessageFactory(text="Ailleurs")

    response = client.get(page_of(message))

    assert list(response.context["others"]) == [other]
    assertContains(response, f'href="{QUEUE}?error={message.error_id}"')


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_a_message_costs_the_same_whatever_else_is_said(client, editor, count, django_assert_num_queries):
    message = ReaderMessageFactory()
    ReaderMessageFactory.create_batch(count, error=message.error)

    # session, person, second factor, permissions (two), message, others, their number, months
    with django_assert_num_queries(9):
        client.get(page_of(message))


def test_an_editor_settles_with_a_note(client, editor):
    message = ReaderMessageFactory()

    response = client.post(page_of(message), {"action": "traiter", "note": "Corrigé le délai."}, follow=True)

    assertContains(response, "Le message est traité.")
    assertContains(response, "Corrigé le délai.")
    assertNotContains(response, "Marquer comme traité")


def test_an_editor_answers_who_left_an_address(client, editor):
    message = ReaderMessageFactory(email="jean@exemple.fr")

    response = client.post(page_of(message), {"action": "repondre", "text": "Bonjour."}, follow=True)

    assertContains(response, "Elle part dès que")
    readers.send_answer(ReaderMessage.objects.get())
    assert mail.outbox[0].to == ["jean@exemple.fr"]
    assertContains(client.get(page_of(message)), "est effacée")


def test_no_answer_is_offered_to_who_left_no_address(client, editor):
    assertNotContains(client.get(page_of(ReaderMessageFactory())), 'value="repondre"')


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"action": "repondre", "text": " "}, "Écrivez la réponse"),
        ({"action": "repondre", "text": "x" * 5001}, "raccourcissez-la"),
        ({"action": "traiter", "note": "x" * 1001}, "raccourcissez-la"),
    ],
)
def test_a_refused_form_says_what_to_do_and_settles_nothing(client, editor, data, said):
    message = ReaderMessageFactory(email="jean@exemple.fr")

    response = client.post(page_of(message), data)

    assertContains(response, said)
    message.refresh_from_db()
    assert message.settled_at is None


def test_a_message_settled_by_another_meanwhile_is_said(client, editor):
    message = ReaderMessageFactory()
    client.post(page_of(message), {"action": "traiter"})

    response = client.post(page_of(message), {"action": "traiter", "note": "Trop tard"}, follow=True)

    assertContains(response, "Ce message est déjà traité.")
    message.refresh_from_db()
    assert message.note == ""


def test_a_ready_answer_is_filled_with_the_entry(client, editor):
    error = FrequentErrorFactory(published=True, slug="carte", title="Ma carte")
    message = ReaderMessageFactory(error=error, email="jean@exemple.fr")
    template = ReplyTemplate.objects.create(title="Corrigé", text="La page « {erreur} » est corrigée : {adresse}")

    response = client.get(page_of(message), {"modele": template.pk})

    assertContains(response, "La page « Ma carte » est corrigée : https://oups.example/erreurs/carte/")


@pytest.mark.parametrize("value", ["", "0", "²", "9" * 400, "\x00", "x"])
def test_an_unknown_ready_answer_is_none(client, editor, value):
    assert client.get(page_of(ReaderMessageFactory()), {"modele": value}).status_code == 200


@pytest.mark.parametrize("key", ["0", "9" * 400, "x", "²", "_00"])
def test_an_unknown_message_is_not_found(client, editor, key):
    assert client.get(f"{QUEUE}{key}/change/").status_code == 404


def test_many_are_settled_together(client, editor):
    waiting = ReaderMessageFactory(email="jean@exemple.fr")
    chosen = [*ReaderMessageFactory.create_batch(2), waiting]

    response = client.post(
        QUEUE, {"action": "settle_selected", "_selected_action": [message.pk for message in chosen]}, follow=True
    )

    assertContains(response, "2 messages traités")
    assertContains(response, "1 message attend une réponse")
    assert list(ReaderMessage.objects.open()) == [waiting]


@pytest.mark.parametrize("role", EDITORS)
def test_editors_settle(client, role):
    client.force_login(StaffFactory(role=role))
    message = ReaderMessageFactory()

    assert client.post(page_of(message), {"action": "traiter"}).status_code == 302


@pytest.mark.parametrize("role", READERS)
def test_the_others_read_and_settle_nothing(client, role):
    client.force_login(StaffFactory(role=role))
    message = ReaderMessageFactory()

    assertNotContains(client.get(page_of(message)), "Marquer comme traité")
    assert client.post(page_of(message), {"action": "traiter"}).status_code == 403
    client.post(QUEUE, {"action": "settle_selected", "_selected_action": [message.pk]})
    message.refresh_from_db()
    assert message.settled_at is None


@pytest.mark.parametrize("role", [*EDITORS, *READERS])
def test_nobody_writes_or_deletes_the_message_of_a_reader(client, role):
    client.force_login(StaffFactory(role=role))
    message = ReaderMessageFactory()

    assert client.get(f"{QUEUE}add/").status_code == 403
    assert client.post(f"{QUEUE}{message.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(page_of(message), {"action": "effacer"}).status_code == 403


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("rédacteur", 403),
        ("relecteur", 200),
        ("administrateur", 200),
        ("auditeur", 403),
        ("équipe simplification", 403),
    ],
)
def test_ready_answers_are_written_by_reviewers_and_administrators(client, role, status):
    client.force_login(StaffFactory(role=role))

    assert client.get(f"{TEMPLATES}add/").status_code == status


def test_a_person_without_a_role_reads_no_message(client):
    client.force_login(StaffFactory())

    assert client.get(page_of(ReaderMessageFactory())).status_code == 403

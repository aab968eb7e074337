"""The form, from the first screen to the number and the key."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from common.uploads.sandbox import SandboxUnavailable
from simplification import entry, services
from simplification.models import Submission
from simplification.storage import documents
from tests.factories import AdministrationFactory, LifeEventFactory
from tests.simplification.letters import LETTER, photo
from tests.simplification.sender import BEGIN, DIFFICULTY, described, drafted, key_shown, opened, sent, step, upload
from tests.uploads.hostile.images import endless_scans

pytestmark = pytest.mark.django_db


def test_the_first_screen_has_an_address_of_its_own_to_come_back_to(client):
    address = client.get(BEGIN)["Location"]

    assert address.startswith(f"{BEGIN}?jeton=")
    assert client.get(address).status_code == 200
    assert not Submission.objects.exists()


def test_a_whole_form_becomes_a_submission(client):
    administration, life_event = AdministrationFactory(), LifeEventFactory()

    submission, key = sent(
        client, (photo(), "lettre.jpg"),
        administration=administration.slug, life_event=life_event.slug,
        comment="Le mot « indu »", email="camille@exemple.fr", agrees_to_test="on",
    )  # fmt: skip

    assert submission.state == Submission.State.RECEIVED
    assert (submission.kind, submission.difficulties) == ("letter", ["words", "deadline"])
    assert (submission.administration, submission.life_event) == (administration, life_event)
    assert (submission.comment, submission.email) == ("Le mot « indu »", "camille@exemple.fr")
    assert submission.agrees_to_test
    assert [document.name for document in submission.documents.all()] == ["lettre.jpg", services.PASTED]
    assert services.find(str(submission.number), key) == submission


def test_what_is_kept_is_what_was_sent_byte_for_byte(client):
    submission, _ = sent(client, (photo(), "lettre.jpg"))

    assert documents().open(submission.documents.first().stored_as) == photo()


def test_the_address_of_a_page_is_enough(client):
    response = client.post(opened(), {"page_url": "www.caf.fr/ma-page"})

    assert response.status_code == 302
    assert Submission.objects.get().page_url == "https://www.caf.fr/ma-page"


def test_without_anything_to_read_the_form_says_what_to_add(client):
    response = client.post(opened(), {})

    assertContains(response, "Ajoutez au moins un fichier", status_code=422)
    assertContains(response, "<title>Erreur&nbsp;: ", status_code=422)
    assertContains(response, '<a href="#id_files">', status_code=422)


def test_good_files_survive_a_bad_one(client):
    response = client.post(opened(), {"files": upload((photo(), "page 1.jpg"), (b"", "vide.pdf"))})

    assertContains(response, "vide.pdf\xa0»\xa0: Ce fichier est vide", status_code=422)
    assertContains(response, "page 1.jpg", status_code=422)
    assert Submission.objects.get().documents.count() == 1


def test_five_of_the_slowest_files_are_answered_together_in_time(client):
    """They share the time of one; those left over are to be chosen again, and what was kept stays."""
    files = upload(*((endless_scans(2_000, side), f"{side}.jpg") for side in range(3_000, 3_005)))
    start = time.monotonic()

    response = client.post(opened(), {"files": files, "text": LETTER})

    assert time.monotonic() - start < 5
    assertContains(response, "Choisissez-le à nouveau, seul", count=5 * 2, status_code=422)
    assert Submission.objects.get().documents.count() == 1


def test_a_refused_form_leads_to_the_screen_that_holds_its_files(client):
    client.post(opened(), {"files": upload((photo(), "page 1.jpg"), (b"", "vide.pdf"))})
    token = Submission.objects.get().token

    response = client.post(step(token, "document"), {})

    assertRedirects(response, step(token, "difficulte"))


def test_a_text_that_is_kept_leaves_its_field(client):
    response = client.post(opened(), {"text": LETTER, "page_url": "pas une adresse !"})

    assertContains(response, "Texte collé", status_code=422)
    assertNotContains(response, "Nonobstant", status_code=422)
    assertContains(response, "pas une adresse !", status_code=422)


def test_a_pasted_text_is_a_text_whatever_it_looks_like(client):
    token = drafted(client, text="<html><script>alert(1)</script></html>")

    assert Submission.objects.get(token=token).documents.get().kind == "txt"


def test_too_long_a_text_stays_in_its_field(client):
    response = client.post(opened(), {"text": "é" * 20_001})

    assertContains(response, "dépasse 20", status_code=422)
    assertContains(response, "é" * 20_001, status_code=422)


def test_a_line_end_counts_for_one_character(client):
    assert client.post(opened(), {"text": "a\r\n" * 10_000}).status_code == 302


def test_files_are_added_page_by_page(client):
    first = client.post(opened(), {"files": upload((photo(), "page 1.jpg")), "add": "1"})
    client.post(first["Location"], {"files": upload((photo("red"), "page 2.jpg")), "add": "1"})

    response = client.get(first["Location"])

    assertContains(response, "2 documents sont gardés")
    assertContains(response, "page 2.jpg")


def test_adding_without_a_file_says_so(client):
    assertContains(client.post(opened(), {"add": "1"}), "Choisissez d&#x27;abord", status_code=422)


def test_a_file_is_taken_off(client, django_capture_on_commit_callbacks):
    token = drafted(client, (photo(), "lettre.jpg"))
    document = Submission.objects.get().documents.first()

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(step(token, "document"), {"remove": str(document.position)})

    assertRedirects(response, step(token, "document"))
    assert [kept.name for kept in Submission.objects.get().documents.all()] == [services.PASTED]
    assert document.stored_as not in set(documents().names())


def test_the_same_file_twice_is_one(client):
    drafted(client, (photo(), "lettre.jpg"), (photo(), "copie.jpg"), text="")

    assert Submission.objects.get().documents.count() == 1
    assert len(list(documents().names())) == 1


def test_a_sixth_file_is_refused_and_five_are_kept(client):
    files = [(photo(colour), f"{colour}.jpg") for colour in ("red", "green", "blue", "black", "white", "grey", "pink")]

    response = client.post(opened(), {"files": upload(*files)})

    assert response.content.decode().count("Vous avez choisi trop de fichiers") == 2  # in the summary, at the field
    assert Submission.objects.get().documents.count() == 5
    assert len(list(documents().names())) == 5


@pytest.mark.parametrize("seconds", [0, 30])
def test_a_form_sent_at_once_is_asked_for_again_and_loses_nothing(client, monkeypatch, seconds):
    monkeypatch.setattr(entry, "TOO_SOON", 60)
    response = client.post(opened(seconds), {"files": upload((photo(), "lettre.jpg"))})

    assertContains(response, "envoyée si vite", status_code=422)
    token = Submission.objects.get().token
    assertRedirects(client.post(step(token, "document"), {}), step(token, "difficulte"))


def test_a_form_left_open_too_long_is_asked_for_again_and_loses_nothing(client):
    response = client.post(opened(entry.TOO_LATE + 60), {"files": upload((photo(), "lettre.jpg"))})

    assertContains(response, "restée ouverte trop longtemps", status_code=422)
    assertContains(response, "lettre.jpg", status_code=422)


def test_an_old_address_of_the_first_screen_gives_a_new_one(client):
    address = opened(entry.TOO_LATE + 60)

    assert client.get(address)["Location"] != address


@pytest.mark.parametrize("mark", ["", "x", "a:b:c", "é\x00", "a" * 10_000])
def test_a_mark_that_is_not_ours_gives_a_form_all_the_same(client, mark):
    assert client.get(BEGIN, {"jeton": mark}).status_code == 302
    assert client.post(f"{BEGIN}?jeton={mark.encode().hex()}", {"text": LETTER}).status_code == 422


def test_a_machine_that_fills_the_hidden_field_is_stopped(client):
    response = client.post(opened(), {"text": LETTER, "website": "https://spam.example"})

    assertContains(response, "Un champ invisible", status_code=422)


def test_the_first_screen_sent_twice_is_one_draft(client):
    address = opened()
    client.post(address, {"text": LETTER})
    client.post(address, {"text": LETTER})

    assert Submission.objects.get().documents.count() == 1


def test_back_to_the_first_screen_finds_the_files(client):
    address = opened()
    client.post(address, {"files": upload((photo(), "lettre.jpg"))})

    assertContains(client.get(address), "lettre.jpg")


def test_a_network_that_sends_too_much_is_told_how_long_to_wait(client, monkeypatch):
    monkeypatch.setattr("simplification.sending_views.SENDINGS_AN_HOUR", 1)
    client.post(opened(), {"text": LETTER})

    response = client.post(opened(), {"text": LETTER})

    assertContains(response, "Attendez", status_code=429)
    assert 0 < int(response["Retry-After"]) <= 3600
    assert Submission.objects.count() == 1


def test_the_second_screen_says_what_is_missing(client):
    token = drafted(client)

    response = client.post(step(token, "difficulte"), {})

    assertContains(response, "2 points à corriger", status_code=422)
    assertContains(response, '<a href="#id_kind_0">', status_code=422)
    assertContains(response, '<a href="#id_difficulties_0">', status_code=422)


def test_what_was_typed_survives_a_refusal(client):
    token = drafted(client)

    response = client.post(step(token, "difficulte"), {"comment": "Le mot indu", "difficulties": ["tone"]})

    assertContains(response, "Le mot indu</textarea>", status_code=422)
    assertContains(response, 'value="tone" checked', status_code=422)


def test_the_second_screen_remembers_its_answers(client):
    token = described(client, comment="Le mot indu")

    response = client.get(step(token, "difficulte"))

    assertContains(response, "Le mot indu</textarea>")
    assertContains(response, 'value="letter" checked')


def test_consent_to_test_needs_an_address(client):
    token = drafted(client)

    response = client.post(step(token, "difficulte"), {**DIFFICULTY, "agrees_to_test": "on"})

    assertContains(response, "Indiquez votre adresse", status_code=422)
    assertContains(response, '<a href="#id_email">', status_code=422)


def test_each_error_is_linked_to_its_field(client):
    token = drafted(client)

    response = client.post(step(token, "difficulte"), {**DIFFICULTY, "email": "camille"})

    assertContains(response, 'aria-describedby="id_email_helptext id_email_error"', status_code=422)
    assertContains(response, 'aria-invalid="true"', status_code=422)


def test_the_last_look_shows_all_and_changes_nothing(client):
    token = described(client, comment="Le mot indu", email="camille@exemple.fr")

    response = client.get(step(token, "verifier"))

    for words in ("Texte collé", "une lettre", "les mots, le délai", "Le mot indu", "camille@exemple.fr"):
        assertContains(response, words)
    assert Submission.objects.get().state == Submission.State.DRAFT


@pytest.mark.parametrize(("name", "needed"), [("difficulte", "document"), ("verifier", "document")])
def test_a_screen_asks_first_for_the_one_before(client, name, needed):
    token = services.start().token

    assertRedirects(client.get(step(token, name)), step(token, needed))


@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_is_sent_before_the_second_screen_is_filled_in(client, method):
    token = drafted(client)

    assertRedirects(getattr(client, method)(step(token, "verifier")), step(token, "difficulte"))


def test_sending_twice_shows_the_same_number_and_the_same_key(client):
    token = described(client)
    first = client.post(step(token, "verifier"), follow=True)
    second = client.post(step(token, "verifier"), follow=True)

    assert key_shown(first) == key_shown(second) != ""
    assert ProcrastinateJob.objects.filter(task_name="simplification.tasks.process").count() == 1


def test_the_acknowledgement_says_what_it_is_not(client):
    token = described(client)

    response = client.post(step(token, "verifier"), follow=True)

    assertContains(response, str(Submission.objects.get().number))
    assertContains(response, "pas un recours")
    assertContains(response, "sous 15 jours ouvrés")


def test_an_acknowledgement_goes_by_post_only_to_who_gave_an_address(client):
    sent(client)
    assert not ProcrastinateJob.objects.filter(task_name="simplification.tasks.acknowledge").exists()

    sent(client, email="camille@exemple.fr")

    assert ProcrastinateJob.objects.filter(task_name="simplification.tasks.acknowledge").count() == 1


def test_the_key_is_not_shown_after_an_hour(client):
    submission, key = sent(client)
    Submission.objects.update(received_at=timezone.now() - timedelta(minutes=61))

    response = client.get(step(submission.token, "recu"))

    assertContains(response, str(submission.number))
    assertNotContains(response, key)


@pytest.mark.parametrize("name", ["document", "difficulte", "verifier"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_form_that_is_sent_only_shows_its_number(client, name, method):
    submission, _ = sent(client)

    response = getattr(client, method)(step(submission.token, name), {"text": "Autre chose"})

    assertRedirects(response, step(submission.token, "recu"))
    assert submission.documents.count() == 1


def test_a_form_sent_from_another_window_meanwhile_takes_no_more_files(client):
    token = described(client)
    draft = Submission.objects.get()
    services.receive(draft)

    with pytest.raises(services.AlreadySent):
        services.add_pasted_text(draft, "Trop tard")

    assert Submission.objects.get(token=token).documents.count() == 1
    assert len(list(documents().names())) == 1


def test_the_number_of_a_draft_is_not_shown_before_it_is_sent(client):
    token = described(client)

    assertRedirects(client.get(step(token, "recu")), step(token, "verifier"))


@pytest.mark.parametrize("name", ["document", "difficulte", "verifier", "recu"])
def test_a_form_that_was_forgotten_says_to_start_again(client, name):
    response = client.get(step("inconnu", name))

    assertContains(response, "Recommencer l'envoi", status_code=404)


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), SandboxUnavailable("no")])
def test_a_machine_that_can_keep_no_file_says_so_and_loses_nothing(client, monkeypatch, failure):
    token = drafted(client)

    def fail(*args: object, **options: object) -> None:
        raise failure

    monkeypatch.setattr("simplification.services.add_file", fail)
    response = client.post(step(token, "document"), {"files": upload((photo(), "lettre.jpg"))})

    assertContains(response, "momentanément indisponible", status_code=503)
    assert Submission.objects.get().documents.count() == 1


@pytest.mark.parametrize("path", [BEGIN, "/simplifier/suivi/"])
def test_a_form_is_kept_by_no_cache(client, path):
    assert "no-store" in client.get(path, follow=True)["Cache-Control"]


def test_every_screen_of_a_form_is_kept_by_no_cache(client):
    token = described(client)

    for name in ("document", "difficulte", "verifier"):
        assert "no-store" in client.get(step(token, name))["Cache-Control"]
    assert "no-store" in client.post(step(token, "verifier"), follow=True)["Cache-Control"]

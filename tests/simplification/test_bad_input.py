"""Anything that a program may send to the form: a clear French page, never a failure of ours."""

import pytest
from pytest_django.asserts import assertContains

from common.middleware import BodySizeMiddleware
from simplification import services
from simplification.models import Document, Submission
from tests.simplification.letters import LETTER, photo
from tests.simplification.sender import BEGIN, DIFFICULTY, TRACKING, described, drafted, opened, step, upload
from tests.simplification.situations import QUEUE, REWRITINGS, controlled, page_of

pytestmark = pytest.mark.django_db

VALUES = [
    "\x00",
    "a\x00b",
    "\ufffe\uffff",
    "\u202egpj.exe",
    "🙂" * 1000,
    "é" * 60_000,
    "9" * 4000,
    "-1",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "http://[::1",
    "javascript:alert(1)",
    "ftp://exemple.fr/x",
    "https://" + "a" * 600 + ".fr",
    "a@" + "b" * 300 + ".fr",
    "\n\r\n",
]
EVERY_VALUE = pytest.mark.parametrize("value", VALUES, ids=[ascii(value)[:20] for value in VALUES])
FORM = "application/x-www-form-urlencoded"


@EVERY_VALUE
@pytest.mark.parametrize("name", ["text", "page_url", "remove", "website", "files", "add"])
def test_a_value_never_breaks_the_first_screen(client, name, value):
    assert client.post(opened(), {name: value}).status_code in (302, 422)


@EVERY_VALUE
@pytest.mark.parametrize(
    "name", ["kind", "administration", "difficulties", "comment", "life_event", "email", "agrees_to_test"]
)
def test_a_value_never_breaks_the_second_screen(client, name, value):
    token = drafted(client)

    response = client.post(step(token, "difficulte"), {**DIFFICULTY, name: value})

    assert response.status_code in (302, 422)
    if response.status_code == 302:
        assert client.post(response["Location"], follow=True).status_code == 200


@EVERY_VALUE
@pytest.mark.parametrize("name", ["number", "key"])
@pytest.mark.parametrize("path", [TRACKING, f"{TRACKING}effacer/"])
def test_a_value_never_breaks_the_tracking(client, path, name, value):
    assert client.post(path, {"number": "x", "key": "y", name: value}).status_code == 422


@pytest.mark.parametrize("body", ["text=%ED%A0%80", "text=%FF%FE%00", "text=%00", "=&=&&", "%", "text"])
def test_broken_bytes_never_break_the_form(client, body):
    assert client.post(opened(), body, content_type=FORM).status_code in (302, 422)


@pytest.mark.parametrize(
    "body", [b"", b"--x\r\n", b'--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n']
)
@pytest.mark.parametrize(
    "content_type", ["multipart/form-data; boundary=x", "multipart/form-data", "multipart/form-data; boundary=é"]
)
def test_a_broken_sending_of_files_has_a_french_page(client, body, content_type):
    response = client.post(opened(), body, content_type=content_type)

    assert response.status_code in (400, 422)
    assert '<html lang="fr"' in response.content.decode()


@pytest.mark.parametrize(
    "name",
    ["", "a" * 5000 + ".pdf", "../../etc/passwd", "con\x00.pdf", "\u202efdp.exe", "…", "CON", "a\r\nb.pdf", "<b>.pdf"],
)
def test_a_name_of_file_never_breaks_the_form(client, name):
    response = client.post(opened(), {"files": upload((photo(), name or "x")), "text": LETTER})

    assert response.status_code in (302, 422)


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 100, b"PK\x05\x06" + b"\x00" * 18, b"%PDF-1.7", b"MZ" + b"\x00" * 64]
)
def test_a_file_that_is_none_is_refused_in_french(client, content):
    response = client.post(opened(), {"files": upload((content, "fichier"))})

    assertContains(response, "« fichier".replace(" ", "\xa0"), status_code=422)
    assert not Submission.objects.get().documents.exists()


def test_thirty_files_keep_five_and_say_so(client):
    files = [(f"Lettre {number}".encode(), f"{number}.txt") for number in range(30)]

    response = client.post(opened(), {"files": upload(*files)})

    assertContains(response, "Envoyez 5 fichiers au plus", status_code=422)
    assert Submission.objects.get().documents.count() == 5


def test_too_many_fields_are_refused_in_french(client):
    response = client.post(opened(), {f"f{number}": "x" for number in range(1500)})

    assertContains(response, "mal formée", status_code=400)


def test_too_large_a_text_is_refused_in_french(client):
    response = client.post(opened(), {"text": "x" * 3_000_000})

    assertContains(response, "Envoi trop lourd", status_code=413)


@pytest.mark.parametrize("path", [BEGIN, TRACKING, "/gestion/login/"])
def test_a_body_heavier_than_a_sending_is_refused_before_it_is_read(client, path):
    response = client.generic(
        "POST", path, b"x", content_type=FORM, CONTENT_LENGTH=str(BodySizeMiddleware.MAX_SIZE + 1)
    )

    assertContains(response, "25\xa0Mo au plus en tout", status_code=413)


def test_a_file_that_is_too_heavy_is_refused_alone(client):
    response = client.post(opened(), {"files": upload((b"a" * (10 * 1024 * 1024 + 1), "gros.txt"), (photo(), "a.jpg"))})

    assertContains(response, "10 Mo au plus", status_code=422)
    assert [kept.name for kept in Submission.objects.get().documents.all()] == ["a.jpg"]


@pytest.mark.parametrize("token", ["x", "a" * 5000, "..", "%00", "%FF", "é", "-", "OUPS-2026-AAAAAAAA"])
@pytest.mark.parametrize("name", ["document", "recu"])
def test_a_wrong_token_is_not_found(client, token, name):
    assert client.get(step(token, name)).status_code == 404
    assert client.post(step(token, name)).status_code in (404, 405)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_a_method_that_is_not_served_is_refused_in_french(client, method):
    token = services.start().token

    for path in (opened(), step(token, "document"), step(token, "verifier"), TRACKING):
        assert client.generic(method, path).status_code == 405


def test_a_forged_request_is_refused_in_french(client):
    token = described(client)
    client.handler.enforce_csrf_checks = True

    assertContains(client.post(step(token, "verifier")), "rechargez la page", status_code=403)
    assert Submission.objects.get().state == Submission.State.DRAFT


def test_what_was_typed_is_shown_escaped(client):
    token = described(client, comment="<script>alert(1)</script>")

    page = client.get(step(token, "verifier")).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_heavy_file_is_never_written_to_the_disk_in_clear(client, settings):
    settings.FILE_UPLOAD_TEMP_DIR = "/nowhere"

    token = drafted(client, (b"Bonjour Madame\n" * 200_000, "lettre.txt"), text="")

    assert Document.objects.get(submission__token=token).size == 3_000_000


def test_a_form_emptied_from_another_window_asks_for_its_document_again(client, monkeypatch):
    token = described(client)
    Document.objects.filter(submission__token=token).delete()
    monkeypatch.setattr("simplification.sending_views._has_document", lambda draft: True)

    assert client.post(step(token, "verifier"))["Location"] == step(token, "document")


def test_a_form_forgotten_while_it_is_answered_says_so(client, monkeypatch):
    token = drafted(client)
    monkeypatch.setattr("simplification.services.fill_in", lambda draft, **_: Submission.objects.all().delete())

    response = client.post(step(token, "document"), {"page_url": "https://exemple.fr/"})

    assertContains(response, "simplifier/document", status_code=404)


@pytest.mark.parametrize(
    "address",
    [
        f"{QUEUE}{'9' * 5_000}/change/",
        f"{QUEUE}{'9' * 30}/change/",
        f"{REWRITINGS}{'9' * 5_000}/change/",
        f"{QUEUE}²/change/",
    ],
    ids=range(4),
)
def test_a_number_without_end_is_not_found(client, person, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("number", ["9" * 5_000, "9" * 30, "²", "-1"], ids=range(4))
def test_a_parameter_without_end_chooses_nothing(client, person, number):
    assert client.get(page_of(controlled()), {"modele": number}).status_code == 200
    assert client.get(f"{REWRITINGS}add/", {"document": number}).status_code == 200


def test_a_value_that_no_column_holds_has_a_french_page(client, person):
    response = client.get(QUEUE, {"state__exact": "\0"})

    assert response.status_code in (302, 400)
    assert response.status_code == 302 or '<html lang="fr"' in response.content.decode()

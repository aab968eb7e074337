"""« Cette page vous a-t-elle aidé ? »: the links of an entry, the form, what is kept of what readers write."""

import logging

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from errors_catalog import reader_views
from errors_catalog.models import FormerAddress, ReaderMessage
from tests.factories import FrequentErrorFactory

pytestmark = pytest.mark.django_db

YES = {"kind": "helpful"}
NO = {"kind": "unhelpful", "reasons": ["wrong", "hard"], "text": "Le délai est de deux mois."}
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def error():
    return FrequentErrorFactory(published=True, slug="vie-de-couple", title="J'ai oublié de dire ma vie de couple")


@pytest.fixture
def address(error):
    return f"{error.get_absolute_url()}avis/"


def test_an_entry_offers_three_links_and_stays_the_same_for_everyone(client, error, address):
    response = client.get(error.get_absolute_url())

    for query in ("reponse=oui", "reponse=non", "reponse=non&amp;motif=information-fausse"):
        assertContains(response, f'href="{address}?{query}"')
    assertNotContains(response, "<form method")
    assert not response.cookies


def test_a_link_chooses_the_answer(client, address):
    response = client.get(address, {"reponse": "oui"})

    assertContains(response, 'value="helpful" checked')
    assertNotContains(response, 'name="reasons"')


def test_who_says_no_is_asked_why(client, address):
    response = client.get(address, {"reponse": "non"})

    assertContains(response, 'value="unhelpful" checked')
    assertContains(response, 'name="reasons"', count=len(ReaderMessage.Reason))


def test_the_link_about_a_wrong_information_ticks_its_reason(client, address):
    assertContains(client.get(address, {"reponse": "non", "motif": "information-fausse"}), 'value="wrong" checked')


@pytest.mark.parametrize("value", ["", "peut-être", "helpful", "\x00", "é" * 10_000, "../.."])
def test_an_unknown_answer_in_the_address_chooses_nothing(client, address, value):
    response = client.get(address, {"reponse": value, "motif": value})

    assert response.status_code == 200
    assertNotContains(response, " checked")


def test_the_form_is_neither_kept_by_caches_nor_found_by_search_engines(client, address):
    response = client.get(address)

    assert "no-store" in response["Cache-Control"]
    assertContains(response, '<meta name="robots" content="noindex">')


def test_an_opinion_is_kept_and_thanked_on_another_page(client, error, address):
    response = client.post(address, NO)

    assert response.headers["Location"] == f"{address}merci/"
    assertContains(client.get(response.headers["Location"]), "Merci pour votre avis")
    message = ReaderMessage.objects.get()
    assert (message.error, message.kind, message.reasons) == (error, "unhelpful", ["hard", "wrong"])
    assert (message.text, message.email, message.settled_at) == ("Le délai est de deux mois.", "", None)


def test_a_yes_and_nothing_else_is_counted_and_already_settled(client, address):
    client.post(address, YES)

    message = ReaderMessage.objects.get()
    assert message.settled_at == message.created_at


@pytest.mark.parametrize("more", [{"text": "Et pour un mineur ?"}, {"reasons": ["broken_link"]}])
def test_a_yes_that_says_more_is_left_to_settle(client, address, more):
    client.post(address, YES | more)

    assert ReaderMessage.objects.open().count() == 1


def test_long_numbers_and_addresses_are_masked_in_the_text(client, address):
    client.post(address, NO | {"text": "Dossier 12 345 678, jean@exemple.fr"})

    assert ReaderMessage.objects.get().text == "Dossier (masqué), (masqué)"


def test_an_address_given_for_an_answer_is_kept_as_it_is(client, address):
    client.post(address, NO | {"email": "jean@exemple.fr"})

    assert ReaderMessage.objects.get().email == "jean@exemple.fr"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Répondez par oui ou par non"),
        (NO | {"kind": "peut-être"}, "Répondez par oui ou par non"),
        ({"kind": "missing"}, "Répondez par oui ou par non"),
        ({"kind": "unhelpful"}, "Cochez au moins une raison"),
        ({"kind": "unhelpful", "text": " \x00 "}, "Cochez au moins une raison"),
        (NO | {"reasons": ["inconnue"]}, "Choisissez dans la liste"),
        (NO | {"text": "é" * 1001}, "raccourcissez-le"),
        (NO | {"text": "x" * 100_000}, "raccourcissez-le"),
        (NO | {"email": "jean"}, "de la forme nom@domaine.fr"),
        (NO | {"email": f"{'a' * 300}@exemple.fr"}, "trop longue"),
        ({"kind": "unhelpful", "reasons": ["hard"], "email": "jean@exemple.fr"}, "Écrivez votre question"),
    ],
)
def test_a_refused_opinion_says_what_to_do(client, address, data, message):
    response = client.post(address, data)

    assertContains(response, message, status_code=422)
    assert not ReaderMessage.objects.exists()


def test_nothing_is_lost_when_an_opinion_is_refused(client, address):
    response = client.post(address, NO | {"email": "jean@exemple"})

    for piece in ('value="unhelpful" checked', 'value="hard" checked', "deux mois", "jean@exemple"):
        assertContains(response, piece, status_code=422)


@pytest.mark.parametrize("name", ["kind", "reasons", "text", "email", "website"])
@pytest.mark.parametrize("value", ["\x00", "a\x00b", "\ufffe", "\u202e", "🙂" * 1000, "x" * 100_000, "-1", "{{ 7*7 }}"])
def test_no_value_breaks_the_form(client, address, name, value):
    assert client.post(address, NO | {name: value}).status_code in (302, 422)


@pytest.mark.parametrize("body", ["text=%ED%A0%80&kind=helpful", "kind=%FF", "text=%00", "=&=&&", "%", "kind"])
def test_broken_bytes_do_not_break_the_form(client, address, body):
    assert client.post(address, body, content_type=FORM).status_code in (302, 422)


def test_a_thousand_reasons_are_as_many_as_there_are(client, address):
    client.post(address, NO | {"reasons": ["hard"] * 900})

    assert ReaderMessage.objects.get().reasons == ["hard"]


def test_a_foreign_host_is_refused_in_french(client, address):
    response = client.post(address, NO, headers={"host": "ailleurs.example"})

    assertContains(response, "mal formée", status_code=400)


def test_a_forged_request_is_refused(address, error):
    client = Client(enforce_csrf_checks=True)

    assert client.post(address, NO).status_code == 403


def test_a_machine_that_fills_every_field_is_thanked_and_ignored(client, address):
    response = client.post(address, NO | {"website": "https://spam.example"})

    assert response.status_code == 302
    assert not ReaderMessage.objects.exists()


def test_a_network_that_sends_too_much_is_asked_to_wait(client, address, monkeypatch):
    monkeypatch.setattr(reader_views, "OPINIONS_AN_HOUR", 2)
    for _ in range(2):
        client.post(address, NO)

    response = client.post(address, NO)

    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 3600
    assert ReaderMessage.objects.count() == 2


def test_a_refused_opinion_does_not_count_against_its_network(client, address, monkeypatch):
    monkeypatch.setattr(reader_views, "OPINIONS_AN_HOUR", 1)
    client.post(address, {})

    assert client.post(address, NO).status_code == 302


@pytest.mark.parametrize("page", ["avis/", "avis/merci/"])
def test_an_entry_that_is_not_public_has_no_such_page(client, page):
    draft = FrequentErrorFactory()

    assert client.get(f"{draft.get_absolute_url()}{page}").status_code == 404
    assert client.get(f"/erreurs/inconnue/{page}").status_code == 404


def test_a_former_address_leads_to_the_form_of_the_entry(client, error, address):
    FormerAddress.objects.create(slug="ancienne", error=error)

    response = client.get("/erreurs/ancienne/avis/", {"reponse": "non", "autre": "x"})

    assert (response.status_code, response.headers["Location"]) == (301, f"{address}?reponse=non")
    assert client.get("/erreurs/ancienne/avis/merci/").headers["Location"] == f"{address}merci/"


def test_a_form_opened_before_its_entry_moved_is_still_taken(client, error, address):
    FormerAddress.objects.create(slug="ancienne", error=error)

    response = client.post("/erreurs/ancienne/avis/", NO)

    assert response.headers["Location"] == f"{address}merci/"
    assert ReaderMessage.objects.get().error == error


def test_what_readers_write_is_in_no_log(client, address, caplog):
    caplog.set_level(logging.DEBUG)

    client.post(address, NO | {"text": "Canari chante", "email": "canari@exemple.fr"})
    client.post(address, NO | {"text": "Canari " * 1000, "email": "canari@exemple"})
    client.post(address, NO | {"text": "Canari", "kind": ""}, headers={"host": "ailleurs.example"})

    assert "anari" not in caplog.text


def test_what_readers_write_is_on_no_public_page(client, error, address):
    client.post(address, NO | {"text": "Canari chante", "email": "canari@exemple.fr"})

    for page in (error.get_absolute_url(), address, f"{address}merci/", "/erreurs.json", "/erreurs.atom", "/"):
        assertNotContains(client.get(page), "anari")


def test_the_form_costs_a_fixed_number_of_queries(client, address, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(address)

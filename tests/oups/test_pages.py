"""Home, duty pages, health checks, and what every page of the portal promises."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from urllib.parse import urlsplit

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from common.http import PUBLIC_CACHE_CONTROL
from errors_catalog.models import FrequentError
from oups.sitemaps import PAGES as PAGES_OF_SITEMAP
from oups.views import EXAMPLE_SEARCHES, SECURITY_TXT_EXPIRES
from tests.addresses import HEADERS, PAGES, REFUSALS, TEXTS, policy
from tests.factories import FrequentErrorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture(scope="module")
def status(catalogue) -> Callable[[str], int]:
    """How an address answers on the whole catalogue: each is asked once."""

    @cache
    def ask(address: str) -> int:
        return Client().get(address).status_code

    return ask


@pytest.mark.parametrize("path", PAGES + TEXTS)
def test_page_answers_without_cookie_and_may_be_cached(client, path):
    response = client.get(path)

    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == PUBLIC_CACHE_CONTROL
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("path", ["/", "/erreurs/", "/erreurs/vie-de-couple-non-signalee-caf/"])
def test_an_unchanged_page_is_not_sent_twice(client, path):
    first = client.get(path)

    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", PAGES + TEXTS)
def test_page_only_reads(client, path):
    response = client.post(path)

    assert response.status_code == 405
    assertContains(response, "Cette page se lit", status_code=405)


def test_head_is_a_get_without_its_body(client):
    response = client.head("/")

    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("path", [*PAGES, *TEXTS, *REFUSALS, "/healthz", "/gestion/", "/static/absent.css"])
def test_security_headers_are_on_every_status(client, path):
    response = client.get(path)

    assert policy(response["Content-Security-Policy"]) == policy(HEADERS["Content-Security-Policy"])
    for name, value in HEADERS.items():
        if name != "Content-Security-Policy":
            assert response[name] == value
    assert "geolocation=()" in response["Permissions-Policy"]


@pytest.mark.parametrize("path", [*REFUSALS, "/gestion/", "/gestion/login/", "/healthz", "/readyz"])
def test_what_is_not_a_public_page_is_not_stored(client, path):
    assert "no-store" in client.get(path)["Cache-Control"]


def test_every_title_and_description_is_its_own(client):
    pages = {path: client.get(path).content.decode() for path in PAGES if "?" not in path}
    for beginning, end in (("<title>", "</title>"), ('<meta name="description" content="', '">')):
        said = [page.split(beginning)[1].split(end)[0] for page in pages.values()]
        assert sorted({text for text in said if said.count(text) > 1}) == []
        assert all(20 < len(text) < 320 for text in said)
    assert [path for path, page in pages.items() if page.count("<h1") != 1] == []


def test_home_costs_six_queries_at_most(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get("/")


@pytest.mark.parametrize("count", [0, 30])
def test_home_costs_the_same_whatever_it_holds(client, count, django_assert_num_queries):
    FrequentErrorFactory.create_batch(count, published=True)

    # life events with counts, number of errors, errors checked recently, their life events
    with django_assert_num_queries(4):
        client.get("/")


@pytest.mark.parametrize("words", EXAMPLE_SEARCHES)
def test_an_example_search_finds_something(client, words):
    assert client.get("/recherche/", {"q": words}).context["page"].paginator.count > 0


def test_every_link_of_the_sitemap_answers(client, status):
    tree = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314  # our own document
    addresses = [urlsplit(location.text or "").path for location in tree.findall("{*}url/{*}loc")]

    assert len(addresses) > FrequentError.objects.public().count() + len(PAGES_OF_SITEMAP)
    assert [path for path in addresses if status(path) != 200] == []


def test_sitemap_leaves_out_what_is_not_public(client):
    draft = FrequentErrorFactory()

    assert draft.slug not in client.get("/sitemap.xml").content.decode()


def test_every_internal_link_of_every_page_answers(client, status):
    links = set()
    for path in PAGES:
        for part in client.get(path).content.decode().split('href="')[1:]:
            target = part.split('"')[0].replace("&amp;", "&")
            if target.startswith("/") and not target.startswith("/static/"):
                links.add(target.partition("#")[0])

    others = [link for link in sorted(links) if status(link) != 200]
    assert [link for link in others if client.get(link, follow=True).status_code != 200] == []


def test_every_anchor_of_every_page_has_its_target(client):
    for path in PAGES:
        page = client.get(path).content.decode()
        for part in page.split('href="#')[1:]:
            assert f'id="{part.split(chr(34))[0]}"' in page, path


def test_accessibility_state_is_said_in_the_footer_and_on_its_page(client):
    for path in ("/", "/accessibilite/"):
        assertContains(client.get(path), "non conforme")


def test_law_page_dates_its_articles(client):
    page = client.get("/droit-a-l-erreur/")

    assertContains(page, "article L123-1")
    assertContains(page, "Vérifié le")


def test_security_txt_is_good_for_thirty_days_and_no_more_than_a_year():
    left = SECURITY_TXT_EXPIRES - date.today()  # noqa: DTZ011  # a day is precise enough

    assert timedelta(days=30) < left <= timedelta(days=366)


def test_the_field_of_the_header_keeps_the_words_of_the_search(client):
    assertContains(client.get("/recherche/?q=trop+per%C3%A7u"), 'value="trop perçu" placeholder')


def test_what_is_kept_of_a_search_is_said(client):
    assertContains(client.get("/donnees-personnelles/"), "Nous comptons les recherches par jour")


def test_robots_may_read_all_but_searches(client):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /recherche/" in text
    assert f"Sitemap: https://oups.example{reverse('sitemap')}" in text


def test_process_and_database_answer(client):
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").content == b"ok\n"


@pytest.fixture
def broken_database(monkeypatch):
    def refuse(*args: object, **kwargs: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)


@pytest.mark.usefixtures("broken_database")
def test_without_database_the_process_lives_and_says_that_it_is_not_ready(client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503


@pytest.mark.usefixtures("broken_database")
def test_without_database_a_page_says_so_in_french(client):
    response = client.get("/erreurs/")

    assertContains(response, "momentanément indisponible", status_code=503)
    assert response["Retry-After"] == "60"


def test_a_failure_of_ours_has_its_page(client, monkeypatch):
    monkeypatch.setattr("oups.views.life_events_with_counts", lambda: 1 / 0)
    client.raise_request_exception = False

    response = client.get("/")

    assertContains(response, "Ce n'est pas vous, c'est nous", status_code=500)
    assert "Traceback" not in response.content.decode()


def test_an_expired_form_says_what_to_do(client):
    client.handler.enforce_csrf_checks = True

    response = client.post("/gestion/login/", {"username": "x", "password": "y"})

    assertContains(response, "rechargez la page", status_code=403)
    assertContains(response, "acceptez les cookies de ce site", status_code=403)


@pytest.mark.parametrize("path", ["/erreur-manquante/", "/simplifier/suivi/"])
def test_a_form_says_what_must_be_filled_in(client, path):
    assertContains(client.get(path), "il faut remplir tous les champs")


def test_an_error_that_is_missing_is_told_on_its_form(client):
    assertContains(client.get("/contact/"), 'href="/erreur-manquante/">Signalez-la')

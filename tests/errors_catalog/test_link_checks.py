"""The addresses that the catalogue gives, visited on a server of our own."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import call_command
from django.utils import timezone

from errors_catalog import link_checks, links
from errors_catalog.models import LinkCheck
from tests.factories import FrequentErrorFactory, LegalReferenceFactory, StaffFactory

pytestmark = pytest.mark.django_db

STATUS = {"/ok": 200, "/gone": 404, "/robots": 403, "/busy": 429, "/down": 503}
REDIRECTS = {"/moved": (301, "/ok"), "/temporary": (302, "/ok"), "/loop": (301, "/loop")}


class Site(BaseHTTPRequestHandler):
    """Answers by path; `/get-only` refuses HEAD."""

    seen: list[str] = []

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        self.seen.append(f"{self.command} {self.path}")
        if self.path in REDIRECTS:
            status, target = REDIRECTS[self.path]
            self.send_response(status)
            self.send_header("Location", target)
        elif self.path == "/get-only":
            self.send_response(200 if self.command == "GET" else 405)
        else:
            self.send_response(STATUS[self.path])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    Site.seen = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def visit(*urls: str) -> dict[str, LinkCheck]:
    return {link.url: link for link in link_checks.check(urls, pause=0)}


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/ok", "works"),
        ("/get-only", "works"),
        ("/temporary", "works"),
        ("/moved", "moved"),
        ("/loop", "unreachable"),
        ("/gone", "broken"),
        ("/robots", "refused"),
        ("/busy", "refused"),
        ("/down", "unreachable"),
    ],
)
def test_each_answer_of_a_site_has_its_outcome(site, path, outcome):
    assert visit(site + path)[site + path].outcome == outcome


def test_a_site_that_does_not_answer_is_unreachable():
    url = "http://127.0.0.1:9/"  # the discard port: nothing listens

    assert visit(url)[url].outcome == "unreachable"


def test_the_new_address_of_a_moved_page_is_kept(site):
    visit(f"{site}/moved")

    assert LinkCheck.objects.get(url=f"{site}/moved").detail.endswith("/ok")


def test_a_page_is_asked_with_head_first_and_once(site):
    visit(f"{site}/ok")

    assert Site.seen == ["HEAD /ok"]


def test_a_second_visit_replaces_the_first(site, monkeypatch):
    visit(f"{site}/ok")
    monkeypatch.setitem(STATUS, "/ok", 410)

    visit(f"{site}/ok")

    assert LinkCheck.objects.get().outcome == "broken"


def test_two_pages_of_one_site_are_visited_one_after_the_other(site, monkeypatch):
    pauses: list[float] = []
    monkeypatch.setattr(link_checks.time, "sleep", pauses.append)

    link_checks.check([f"{site}/ok", f"{site}/gone"])

    assert pauses == [link_checks.PAUSE]


def test_every_address_of_a_public_page_is_visited():
    FrequentErrorFactory(published=True, complete=True, correction="1. Ouvrez [la page](https://www.caf.fr/page).")
    LegalReferenceFactory(url="https://www.legifrance.gouv.fr/article")

    assert {
        "https://www.service-public.gouv.fr/fiche",
        "https://www.caf.fr/page",
        "https://www.legifrance.gouv.fr/article",
        "https://www.administration.gouv.fr",
    } <= links.addresses()


def test_the_addresses_of_a_draft_are_not_visited():
    FrequentErrorFactory(correction="1. Ouvrez [la page](https://www.caf.fr/brouillon).")

    assert "https://www.caf.fr/brouillon" not in links.addresses()


def test_the_address_visited_longest_ago_comes_first_after_the_new_ones():
    now = timezone.now()
    for url, days in (("https://a.fr", 40), ("https://b.fr", 60), ("https://c.fr", 2)):
        LinkCheck.objects.create(url=url, outcome="works", checked_at=now - timedelta(days=days))

    urls = {"https://a.fr", "https://b.fr", "https://c.fr", "https://d.fr"}

    assert link_checks.due(urls, older_than=timedelta(days=30)) == ["https://d.fr", "https://b.fr", "https://a.fr"]


def test_the_command_says_what_is_to_mend(site, monkeypatch, capsys):
    monkeypatch.setattr(links, "addresses", lambda: {f"{site}/gone"})

    call_command("check_links")

    assert f"n'existe plus : {site}/gone (HTTP 404)" in capsys.readouterr().out


def test_a_broken_link_is_shown_beside_its_entry(client):
    error = FrequentErrorFactory(published=True, complete=True)
    url = "https://www.service-public.gouv.fr/fiche"
    LinkCheck.objects.create(url=url, outcome="broken", detail="HTTP 404", checked_at=timezone.now())
    client.force_login(StaffFactory(role="relecteur"))

    page = client.get(f"/gestion/errors_catalog/frequenterror/{error.pk}/change/")

    assert f"lien : {url} n&#x27;existe plus (HTTP 404)" in page.content.decode()


def test_the_results_are_listed_in_the_admin_and_nobody_edits_them(client):
    link = LinkCheck.objects.create(
        url="https://a.fr", outcome="moved", detail="https://b.fr", checked_at=timezone.now()
    )
    client.force_login(StaffFactory(role="administrateur"))

    assert "a déménagé" in client.get("/gestion/errors_catalog/linkcheck/").content.decode()
    assert client.post(f"/gestion/errors_catalog/linkcheck/{link.pk}/delete/").status_code == 403

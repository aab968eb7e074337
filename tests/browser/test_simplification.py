"""A hard document, from a telephone without JavaScript to the answer: web server, worker, antivirus, mail."""

import re
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import OpenPage, portal_environment
from tests.clamd import Clamd, clamd  # noqa: F401  # a fixture
from tests.simplification.machines import Mailbox, mail_server
from tests.simplification.sender import TRACKING, opened
from tests.uploads import documents

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SECONDS_FOR_A_CHECK = 30
LETTERS = [
    ("lettre.pdf", documents.pdf()),
    ("photo du courrier.jpg", documents.phone_photo()),
    ("formulaire.docx", documents.docx()),
    ("courriel.eml", documents.message().as_bytes()),
]


@pytest.fixture(scope="module")
def mailbox(portal: str, clamd: Clamd) -> Iterator[Mailbox]:  # noqa: F811
    """The worker of the portal, with its antivirus, and the mail server to which it delivers."""
    received = Mailbox()
    with mail_server(received) as port:
        environment = {
            **portal_environment(),
            "SITE_URL": portal,
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "CLAMD_ADDRESS": clamd.address,
        }
        worker = subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=settings.BASE_DIR, env=environment)
        try:
            yield received
        finally:
            worker.terminate()
            worker.wait()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    return open_page(width=320, javascript=False)


@pytest.fixture
def agent(open_page: OpenPage) -> Page:
    """A member of the team, signed in."""
    return open_page("lise")


def payload(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def go_on(page: Page) -> None:
    page.get_by_role("main").get_by_role("button", name="Continuer").click()


def describe(page: Page) -> None:
    """Fill in the second screen, as a finger would: on the words beside the boxes."""
    for words in ("une lettre", "les mots", "le délai"):
        page.get_by_text(words, exact=True).click()
    page.get_by_label("Qui vous l'a envoyé").select_option("caf")


def follow(page: Page, number: str, key: str) -> None:
    """Ask where a document is, as its sender does."""
    page.goto(TRACKING)
    page.get_by_label("Numéro").fill(number)
    page.get_by_label("Clé de suivi").fill(key)
    page.get_by_role("button", name="Voir où il en est").click()


def letter_about(mailbox: Mailbox, number: str) -> EmailMessage:
    """Passes over the letters of documents that other tests sent."""
    while number not in (letter := mailbox.next()).get_content():
        pass
    return letter


def follow_until(page: Page, number: str, key: str, words: str) -> None:
    """Ask again and again, while the worker checks the files."""
    for _ in range(SECONDS_FOR_A_CHECK):
        follow(page, number, key)
        if page.get_by_text(words).first.is_visible():
            return
        page.wait_for_timeout(1000)
    raise AssertionError(page.get_by_role("main").inner_text())


def test_a_letter_goes_from_a_telephone_to_its_answer(phone: Page, mailbox: Mailbox, agent: Page):
    phone.goto("/simplifier/")
    phone.get_by_role("link", name="Commencer").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Envoyer un document difficile")
    phone.goto(opened())
    files = [*LETTERS, ("vide.pdf", b"")]
    phone.get_by_label("Vos fichiers").set_input_files([payload(*file) for file in files])
    go_on(phone)
    expect(phone.get_by_role("link", name=re.compile("vide.pdf"))).to_be_visible()
    expect(phone.get_by_role("heading", name="4 documents sont gardés")).to_be_visible()
    go_on(phone)
    describe(phone)
    phone.get_by_label("Précisez").fill("Je ne comprends pas « indu ».")
    phone.get_by_label("Votre adresse électronique").fill("camille@exemple.fr")
    go_on(phone)
    expect(phone.get_by_text("Rien n'est encore envoyé")).to_be_visible()
    phone.get_by_role("button", name="Envoyer").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Nous avons reçu votre document")
    number, key = phone.locator(".oups-receipt dd").all_inner_texts()

    assert key not in letter_about(mailbox, number).as_string()
    follow_until(phone, number, key, "Votre document attend d'être lu")

    agent.goto(f"/gestion/simplification/submission/?q={number}")
    agent.get_by_role("link", name=number).click()
    expect(agent.get_by_alt_text("Page 1 du fichier 4")).to_be_attached()
    agent.get_by_role("textbox", name=re.compile("^Réponse")).fill("Vous devez **312,50 euros**. Vous avez deux mois.")
    agent.get_by_role("button", name="Envoyer la réponse").click()
    expect(agent.get_by_text("La réponse est enregistrée")).to_be_visible()

    assert letter_about(mailbox, number)["Subject"] == f"Une réponse pour votre document {number}"
    follow(phone, number, key)
    expect(phone.get_by_role("heading", name=re.compile("Notre réponse"))).to_be_visible()
    expect(phone.locator("strong", has_text="312,50 euros")).to_be_visible()
    phone.get_by_role("button", name="Supprimer mes documents").click()
    phone.get_by_role("button", name="Oui, tout supprimer").click()
    expect(phone.get_by_text("Vos documents et votre adresse électronique sont effacés")).to_be_visible()


def test_a_virus_is_said_to_its_sender_and_opened_by_nobody(phone: Page, mailbox: Mailbox):
    phone.goto(opened())
    virus = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
    phone.get_by_label("Ou collez le texte").fill(virus)
    go_on(phone)
    describe(phone)
    phone.get_by_label("Votre adresse électronique").fill("camille@exemple.fr")
    go_on(phone)
    phone.get_by_role("button", name="Envoyer").click()
    number, key = phone.locator(".oups-receipt dd").all_inner_texts()

    follow_until(phone, number, key, "contient un virus")


def test_the_back_button_loses_nothing(phone: Page):
    phone.goto(opened())
    phone.get_by_label("Vos fichiers").set_input_files([payload("lettre.pdf", documents.pdf())])
    go_on(phone)
    describe(phone)
    go_on(phone)

    phone.go_back()
    expect(phone.get_by_role("checkbox", name="les mots")).to_be_checked()
    phone.go_back()

    expect(phone.get_by_text("lettre.pdf").first).to_be_visible()


def test_too_heavy_a_sending_has_a_page_in_a_real_browser(phone: Page, tmp_path: Path):
    phone.goto(opened())
    files = [tmp_path / f"{number}.pdf" for number in range(3)]
    for file in files:
        file.write_bytes(b"%PDF-" + bytes(10_000_000))
    phone.get_by_label("Vos fichiers").set_input_files(files)
    go_on(phone)

    expect(phone.get_by_text("25\N{NO-BREAK SPACE}Mo au plus en tout")).to_be_visible()


def test_what_is_to_correct_is_read_first(open_page: OpenPage):
    page = open_page()
    page.goto(opened())

    go_on(page)

    expect(page.locator(".oups-faults")).to_be_focused()

"""A reader tells what is wrong in an entry; an editor finds it beside the entry, answers, settles."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, run_in_portal, sees_nothing_wrong

pytestmark = pytest.mark.browser

ENTRY = "/erreurs/vie-de-couple-non-signalee-caf/"
QUEUE = "/gestion/errors_catalog/readermessage/"
TEMPLATES = "/gestion/errors_catalog/replytemplate/"
WIDTHS = [768, 1280]
DATA = """
from errors_catalog.models import FrequentError, ReplyTemplate
from errors_catalog.services import readers
error = FrequentError.objects.get(slug="vie-de-couple-non-signalee-caf")
for number in (1, 2):
    readers.record_opinion(
        error, kind="unhelpful", reasons=["wrong"], text=f"Le montant est ancien, {number}", email="jean@exemple.fr"
    )
readers.record_opinion(error, kind="unhelpful", reasons=["hard", "broken_link"], text="", email="")
readers.record_opinion(error, kind="helpful", reasons=[], text="", email="")
readers.report_missing_error("Ma péniche", query="peniche")
ReplyTemplate.objects.get_or_create(title="Corrigé", text="La page « {erreur} » est corrigée.")
"""


@pytest.fixture(scope="module")
def messages(portal: str) -> str:
    """Two readers await an answer about the same entry, a third does not, a fourth tells of a missing one."""
    run_in_portal(DATA)
    return portal


@pytest.fixture
def browse(open_page: OpenPage, messages: str) -> OpenPage:
    return open_page


@pytest.mark.parametrize("width", [320, 1280])
def test_a_refused_opinion_says_what_to_do_and_keeps_what_was_written(browse: OpenPage, width):
    page = browse(width=width)
    page.goto(ENTRY)
    page.get_by_role("link", name="Non cette page").click()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("link", name="Cochez au moins une raison")).to_be_visible()
    sees_nothing_wrong(page)

    page.get_by_text("il manque une information").click()
    page.get_by_label("Précisez").fill("Et en colocation ?")
    page.get_by_label("adresse électronique").fill("jean@exemple")
    page.get_by_role("button", name="Envoyer").click()

    expect(page.get_by_label("Précisez")).to_have_value("Et en colocation ?")
    expect(page.get_by_label("il manque une information")).to_be_checked()
    sees_nothing_wrong(page)


def test_an_opinion_is_given_without_javascript(browse: OpenPage):
    page = browse(javascript=False)
    page.goto(ENTRY)
    page.get_by_role("link", name="Signaler une information fausse").click()
    expect(page.get_by_label("une information est fausse")).to_be_checked()
    page.get_by_label("Précisez").fill("Le délai n'est plus de vingt jours")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Merci pour votre avis")

    desk = browse("relecteur")
    desk.goto(f"{QUEUE}?raison=wrong")

    expect(desk.get_by_role("link", name="Le délai n'est plus de vingt jours")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", [QUEUE, f"{QUEUE}?suite=tous", f"{QUEUE}?kind__exact=missing", TEMPLATES])
def test_the_queue_is_accessible(browse: OpenPage, width, path):
    page = browse("relecteur", width=width)
    page.goto(path)

    sees_nothing_wrong(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_editor_answers_from_a_ready_answer(browse: OpenPage, width):
    page = browse("relecteur", width=width)
    page.goto(QUEUE)
    page.get_by_role("link", name=f"Le montant est ancien, {WIDTHS.index(width) + 1}").click()
    sees_nothing_wrong(page)
    page.get_by_label("Votre réponse").fill("")
    page.get_by_role("button", name="Envoyer la réponse").click()
    expect(page.get_by_text("Écrivez la réponse")).to_be_visible()
    sees_nothing_wrong(page)

    page.get_by_role("button", name="Reprendre ce modèle").click()
    page.get_by_role("button", name="Envoyer la réponse").click()

    expect(page.get_by_text("La réponse part par courriel.")).to_be_visible()
    expect(page.get_by_text("est corrigée.")).to_be_visible()
    sees_nothing_wrong(page)


def test_who_only_reads_finds_no_button(browse: OpenPage):
    page = browse("lise")
    page.goto(f"{QUEUE}?kind__exact=missing")
    page.get_by_role("link", name="Ma péniche").click()

    expect(page.get_by_role("button", name="Marquer comme traité")).to_have_count(0)
    sees_nothing_wrong(page)

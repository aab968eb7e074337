"""The desk of hard documents: what a member of the team sees and does, in a real Chromium."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, run_in_portal, sees_nothing_wrong

pytestmark = [pytest.mark.browser, pytest.mark.screens]

SENDER = "Je ne comprends pas ce que je dois payer."
DATA = f"""
from errors_catalog.models import Administration
from simplification import processing, services
from simplification.models import AnswerTemplate, Submission
from tests.simplification.letters import LETTER, photo
AnswerTemplate.objects.create(name="Version simple", text="Bonjour, voici votre document {{numero}} en clair.")
for name in "ABC":
    draft = services.start()
    services.add_pasted_text(draft, LETTER + "Pour " + name)
    services.add_file(draft, photo(), "photo d'une lettre.jpg")
    Submission.objects.filter(pk=draft.pk).update(
        kind="letter", difficulties=["words", "deadline"], comment="{SENDER}", email="a@exemple.fr",
        administration=Administration.objects.get(slug="caf"),
    )
    processing.process(services.receive(Submission.objects.get(pk=draft.pk)))
draft = services.start()
services.add_pasted_text(draft, "Ce texte attend encore son controle.")
services.receive(draft)
"""
WIDTHS = [768, 1280]
QUEUE = "/gestion/simplification/submission/"


@pytest.fixture(scope="module")
def documents(portal: str) -> str:
    """Three people sent the same letter, controlled; a fourth waits for the antivirus."""
    run_in_portal(DATA, CLAMD_ADDRESS="")
    return portal


@pytest.fixture
def open_desk(open_page: OpenPage, documents: str) -> OpenPage:
    return open_page


def first_document(page: Page, place: int = 0) -> None:
    page.goto(f"{QUEUE}?avancement=tous")
    page.locator("#result_list th.field-number a").nth(place).click()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_document_is_read_without_its_original(open_desk: OpenPage, width):
    page = open_desk("lise", width=width)
    first_document(page)

    expect(page.get_by_text("3 personnes ont signalé ce courrier.")).to_be_visible()
    expect(page.get_by_text(SENDER)).to_be_visible()
    expect(page.locator("mark", has_text="Nonobstant")).to_be_visible()
    image = page.get_by_alt_text("Page 1 du fichier 1")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") > 0
    sees_nothing_wrong(page)


def test_a_document_that_waits_shows_nothing_of_itself(open_desk: OpenPage):
    page = open_desk("lise")
    first_document(page, 3)

    expect(page.get_by_text("Personne ne peut ouvrir ce fichier avant.")).to_be_visible()
    expect(page.get_by_role("button", name="Télécharger")).to_have_count(0)
    sees_nothing_wrong(page)


def test_an_original_is_downloaded_under_a_neutral_name(open_desk: OpenPage):
    page = open_desk("lise")
    first_document(page)

    with page.expect_download() as started:
        page.get_by_role("button", name="Télécharger l'original").nth(1).click()

    assert started.value.suggested_filename.startswith("OUPS-")
    assert started.value.suggested_filename.endswith("-2.jpg")
    page.goto("/gestion/simplification/documentaccess/")
    expect(page.get_by_role("row", name="a téléchargé l'original").first).to_be_visible()


def test_a_refused_form_is_accessible(open_desk: OpenPage):
    page = open_desk("lise")
    first_document(page, 1)

    page.get_by_label("Nouvel état").select_option("closed")
    page.get_by_role("button", name="Changer l'état").click()

    expect(page.get_by_text("Dites pourquoi ce document est classé")).to_be_visible()
    sees_nothing_wrong(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_two_people_rewrite_a_document_and_publish_it(open_desk: OpenPage, width):
    page = open_desk("lise", width=width)
    first_document(page, WIDTHS.index(width))
    page.get_by_role("link", name="Réécrire ce document").click()
    page.get_by_label("Titre").fill(f"Rembourser une aide {width}")
    page.get_by_label("Avant").fill("Nonobstant votre courrier, il vous appartient de procéder au remboursement.")
    page.get_by_label("Après").fill("Vous devez rembourser cette somme.")
    page.get_by_label("Ce qui a changé").fill("- Une phrase courte.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("region", name="Texte d'avant").locator("mark", has_text="Nonobstant")).to_be_visible()
    sees_nothing_wrong(page)
    page.get_by_role("button", name="Proposer à la relecture").click()
    expect(page.get_by_role("button", name="Publier dans la galerie")).to_have_count(0)

    other = open_desk("marc", width=width)
    other.goto(page.url)
    other.get_by_role("button", name="Publier dans la galerie").click()

    expect(other.get_by_text("La réécriture est publiée dans la galerie.")).to_be_visible()
    sees_nothing_wrong(other)


def test_an_answer_starts_from_a_template_and_is_kept(open_desk: OpenPage):
    page = open_desk("lise")
    first_document(page, 2)
    page.get_by_role("button", name="Me l'attribuer").click()
    page.get_by_label("Partir d'un modèle").select_option(label="Version simple")
    page.get_by_role("button", name="Reprendre ce modèle").click()
    page.get_by_role("button", name="Envoyer la réponse").click()

    expect(page.get_by_text("La réponse est enregistrée")).to_be_visible()
    expect(page.get_by_text("L'équipe vous a répondu.")).to_be_visible()
    sees_nothing_wrong(page)

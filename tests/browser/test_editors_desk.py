"""The whole life of an entry, by two people with a second factor, in a real browser."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PASSWORD, OpenPage, axe_violations, run_in_portal
from tests.factories import SECOND_FACTOR_KEY
from tests.staff.codes import code

pytestmark = pytest.mark.browser

LIST_URL = "/gestion/errors_catalog/frequenterror/"
PEOPLE = {"ana": "rédacteur", "rene": "relecteur"}
TEXTS = {
    "title": "J'ai oublié de déclarer mon poulailler",
    "summary": "Déclarez vos poules aujourd'hui en mairie.",
    "correction": "1. Ouvrez le formulaire.\n2. Comptez vos poules.\n3. Gardez une copie.",
    "sanction": "Un simple oubli ne coûte rien.",
    "repayment": "Rien à rembourser.",
    "situation": "Beaucoup de gens croient que trois poules ne comptent pas.",
    "prevention": "- Déclarez dès la première poule.\n- Gardez le récépissé.",
    "right_to_error_reason": "Une première erreur de bonne foi n'est pas punie.",
    "keywords": "poules, poulailler, basse-cour",
}


@pytest.fixture
def people(portal: str) -> None:
    run_in_portal(f"""
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from oups import roles
from staff import accounts
roles.create_roles()
for username, role in {PEOPLE}.items():
    accounts.create(username, role=role, email=username + "@ministere.example")
    user = User.objects.get(username=username)
    user.set_password("{PASSWORD}")
    user.save()
    TOTP.activate(user, "{SECOND_FACTOR_KEY}")
""")


@pytest.fixture
def open_desk(open_page: OpenPage) -> OpenPage:
    """The desk of somebody who has signed in."""

    def open_for(username: str, *, with_code: bool = False) -> Page:
        page = open_page(username)
        if with_code:
            page.get_by_label("Code").fill(code())
            page.get_by_role("button", name="Se connecter", exact=True).click()
        expect(page.get_by_role("button", name="Se déconnecter")).to_be_visible()
        return page

    return open_for


def choose(page: Page, field: str, words: str) -> None:
    """Pick a row in one of the admin's fields that search as one types."""
    page.locator(f".field-{field} .select2-selection").first.click()
    page.locator(".select2-search__field").last.fill(words)
    page.locator(".select2-results__option", has_text=words).first.click()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("navigation", name="Pages de cette erreur").get_by_role("link", name=name).click()


def public_lead(page: Page, address: str) -> Locator:
    """What the public reads now, whatever this browser keeps of an earlier visit."""
    page.goto(address)
    page.reload()
    return page.locator(".oups-lead")


def test_an_entry_lives_from_its_first_words_to_its_restored_version(people, open_desk):  # noqa: PLR0915  # one life
    ana, rene = open_desk("ana", with_code=True), open_desk("rene", with_code=True)
    ana.goto(f"{LIST_URL}add/")
    for name, text in TEXTS.items():
        ana.locator(f"#id_{name}").fill(text)
    ana.locator("#id_audience").select_option("particulier")
    ana.locator("#id_right_to_error").select_option("yes")
    ana.locator("#id_checked_on").fill("22/11/2026")
    choose(ana, "administration", "Mairie")
    choose(ana, "life_event", "handicap")
    ana.locator("#id_sources-0-title").fill("La fiche")
    ana.locator("#id_sources-0-url").fill("https://www.service-public.gouv.fr/fiche")
    ana.locator("#id_sources-0-checked_on").fill("22/11/2026")
    press(ana, "Enregistrer et envoyer en relecture")
    review = ana.url

    rene.goto(review)
    rene.get_by_role("link", name="Voir l'aperçu").click()
    expect(rene.locator("h1")).to_have_text(TEXTS["title"])
    rene.goto(review)
    rene.get_by_label("Ce qu'il faut changer").fill("Dites où trouver le formulaire.")
    assert axe_violations(rene) == []
    press(rene, "Renvoyer à l'auteur")

    ana.goto(review)
    expect(ana.locator("blockquote")).to_contain_text("Dites où trouver le formulaire.")
    follow(ana, "Texte")
    ana.locator("#id_summary").fill("Prenez le formulaire à l'accueil de la mairie.")
    assert axe_violations(ana) == []
    press(ana, "Enregistrer et envoyer en relecture")

    rene.reload()
    press(rene, "Publier")
    follow(rene, "Page publique")
    public = rene.url
    expect(rene.locator(".oups-lead")).to_have_text("Prenez le formulaire à l'accueil de la mairie.")

    ana.goto(review)
    follow(ana, "Texte")
    ana.locator("#id_summary").fill("Prenez le formulaire en ligne.")
    press(ana, "Enregistrer et envoyer en relecture")
    expect(public_lead(rene, public)).to_have_text("Prenez le formulaire à l'accueil de la mairie.")

    rene.goto(review)
    expect(rene.locator("#differences ~ .oups-difference ins")).to_contain_text("en ligne")
    assert axe_violations(rene) == []
    press(rene, "Publier")
    expect(public_lead(rene, public)).to_have_text("Prenez le formulaire en ligne.")

    ana.goto(review)
    follow(ana, "Historique")
    assert axe_violations(ana) == []
    ana.get_by_role("row", name="Publiée").last.get_by_role("link").click()
    assert axe_violations(ana) == []
    press(ana, "Rétablir cette version")
    press(ana, "Envoyer en relecture")
    rene.goto(review)
    press(rene, "Publier")
    expect(public_lead(rene, public)).to_have_text("Prenez le formulaire à l'accueil de la mairie.")

    rene.goto(review)
    follow(rene, "Entretien")
    assert axe_violations(rene) == []


def test_the_writing_help_stands_beside_the_field(open_desk):
    ana = open_desk("relecteur")
    ana.goto(f"{LIST_URL}?q=recensement")
    ana.locator("#result_list tbody th a").first.click()

    ana.locator("#id_sanction").fill("Le cas échéant, une amende.")

    advice = ana.locator("#id_sanction_advice")
    expect(advice).to_contain_text("mot à éviter : « le cas échéant »")
    assert "id_sanction_advice" in str(ana.locator("#id_sanction").get_attribute("aria-describedby"))
    ana.locator("#id_situation").fill("mot " * 400)
    expect(ana.locator("#ou-en-est-on ~ .oups-advice")).to_contain_text("en moyenne")  # said of no field
    assert axe_violations(ana) == []

"""The search field while one types, the form for what is missing, the editors' pages of the search."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, axe_violations

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    return open_page(width=320)


@pytest.fixture
def desk(open_page: OpenPage) -> Page:
    """A reviewer, signed in."""
    return open_page("relecteur")


def typed(page: Page, words: str) -> None:
    """In one gesture: between two letters a slow machine would ask for a list that the next one replaces."""
    page.goto("/")
    page.get_by_role("combobox").focus()
    page.keyboard.insert_text(words)
    expect(page.get_by_role("option").first).to_be_visible()


def test_arrows_choose_a_suggestion_and_enter_searches_it(phone: Page):
    typed(phone, "déména")
    phone.keyboard.press("ArrowDown")
    phone.keyboard.press("ArrowDown")
    chosen = phone.get_by_role("option", selected=True)
    text = chosen.inner_text()
    assert phone.get_by_role("combobox").get_attribute("aria-activedescendant") == chosen.get_attribute("id")

    phone.keyboard.press("Enter")

    expect(phone).to_have_url(re.compile(r"/recherche/\?q="))
    expect(phone.get_by_role("heading", level=1)).to_contain_text(text)


def test_the_first_arrow_up_goes_to_the_last_suggestion(phone: Page):
    typed(phone, "impot")

    phone.keyboard.press("ArrowUp")

    expect(phone.get_by_role("option").last).to_have_attribute("aria-selected", "true")


def test_escape_closes_the_list_and_keeps_the_words(phone: Page):
    typed(phone, "impot")

    phone.keyboard.press("Escape")

    expect(phone.get_by_role("listbox")).to_be_hidden()
    expect(phone.get_by_role("combobox")).to_have_value("impot")
    expect(phone.get_by_role("combobox")).to_have_attribute("aria-expanded", "false")


def test_enter_without_a_choice_searches_what_was_typed(phone: Page):
    typed(phone, "impot")

    phone.keyboard.press("Enter")

    expect(phone).to_have_url(re.compile(r"q=impot$"))


def test_a_tap_chooses_a_suggestion(phone: Page):
    typed(phone, "impot")
    text = phone.get_by_role("option").nth(1).inner_text()

    phone.get_by_role("option").nth(1).click()

    expect(phone.get_by_role("heading", level=1)).to_contain_text(text)


def test_the_number_of_suggestions_is_said(phone: Page):
    typed(phone, "impot")

    expect(phone.get_by_role("status").first).to_contain_text("8 suggestions")


def test_one_letter_asks_for_nothing(phone: Page):
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url) if "suggestions" in request.url else None)
    typed(phone, "impot")
    phone.get_by_role("combobox").fill("i")
    expect(phone.get_by_role("listbox")).to_be_hidden()

    assert [url for url in asked if url.endswith("?q=i")] == []


def test_the_open_list_has_no_axe_finding(phone: Page):
    typed(phone, "impot")
    phone.keyboard.press("ArrowDown")

    assert axe_violations(phone) == []


def test_a_refused_message_says_what_to_do_and_stays(phone: Page):
    phone.goto("/erreur-manquante/?q=ruche")
    phone.get_by_label("Qu'est-ce qui vous est arrivé").fill("   ")
    phone.get_by_role("button", name="Envoyer").click()

    phone.get_by_role("link", name="Écrivez en quelques mots").click()

    expect(phone.get_by_label("Qu'est-ce qui vous est arrivé")).to_be_focused()
    assert axe_violations(phone) == []


def test_a_missing_error_reaches_the_editors(phone: Page, desk: Page):
    phone.goto("/recherche/?q=xyzzyxyzzy")
    phone.get_by_role("link", name="signaler l'erreur qui manque").click()
    phone.get_by_label("Qu'est-ce qui vous est arrivé").fill("Ma montgolfière n'était pas déclarée")
    phone.get_by_role("button", name="Envoyer").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Merci")

    desk.goto("/gestion/errors_catalog/readermessage/")

    expect(desk.get_by_role("link", name="Ma montgolfière n'était pas déclarée")).to_be_visible()
    expect(desk.locator("#result_list")).to_contain_text("xyzzyxyzzy")


def test_an_editor_tries_a_synonym_then_saves_it(desk: Page):
    desk.goto("/recherche/?q=zigomar")
    desk.goto("/gestion/errors_catalog/searchlog/")
    assert axe_violations(desk) == []
    desk.get_by_role("row", name="zigomar").get_by_role("link", name="synonyme").click()
    desk.get_by_label("Équivalents").fill("déménagement")
    with desk.context.expect_page() as opened:
        desk.get_by_role("button", name="Aperçu").click()
    preview = opened.value
    expect(preview.get_by_role("table")).to_contain_text("Aucune réponse")
    expect(preview.get_by_role("table")).to_contain_text("déménagé")
    assert axe_violations(preview) == []
    preview.close()

    desk.get_by_role("button", name="Enregistrer", exact=True).click()

    desk.goto("/gestion/errors_catalog/searchlog/?vue=toutes")
    expect(desk.get_by_role("row", name="zigomar")).to_have_count(0)

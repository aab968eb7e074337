"""Journeys of a citizen: without JavaScript, at the keyboard, on paper."""

import re

import pytest
from django.shortcuts import render
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OpenPage, axe_violations
from tests.browser.test_every_page import ERROR_PAGES
from tests.conftest import FIXTURES

pytestmark = pytest.mark.browser

ENTRY = "/erreurs/vie-de-couple-non-signalee-caf/"
LONGEST = 12


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()


@pytest.fixture
def page_without_script(open_page: OpenPage) -> Page:
    return open_page(width=320, javascript=False)


def test_a_citizen_finds_an_error_without_javascript(page_without_script: Page):
    page = page_without_script
    page.goto("/")
    page.get_by_placeholder("Décrivez votre situation").fill("je vis en couple caf")
    page.get_by_role("button", name="Rechercher").click()

    page.get_by_role("link", name=re.compile("Je vis en couple et je ne l'ai pas dit")).click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Je vis en couple")
    expect(page.get_by_role("heading", name="Que faire maintenant")).to_be_visible()


def test_a_citizen_browses_by_situation_without_javascript(page_without_script: Page):
    page = page_without_script
    page.goto("/")
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("navigation", name="Menu").get_by_role("link", name="Particuliers").click()

    page.get_by_role("link", name="Je déménage").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Je déménage")


def test_filters_work_without_javascript(page_without_script: Page):
    page = page_without_script
    page.goto("/erreurs/")
    page.get_by_text("Affiner la liste").click()
    page.get_by_label("Administration").select_option("caf")
    page.get_by_role("button", name="Afficher les erreurs").click()

    expect(page).to_have_url(re.compile("administration=caf"))
    expect(page.get_by_role("link", name="Retirer le filtre Caf", exact=True)).to_be_visible()


def test_filters_stand_open_on_a_wide_screen(page: Page):
    page.goto("/erreurs/")

    expect(page.get_by_label("Administration")).to_be_visible()


def test_the_keyboard_reaches_the_content_first(page: Page):
    page.goto(ENTRY)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Contenu")).to_be_focused()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_keyboard_searches(page: Page):
    page.goto("/")
    page.get_by_placeholder("Décrivez votre situation").focus()
    page.keyboard.type("trop perçu")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/recherche/\?q=trop"))


def test_every_focused_element_is_seen(page: Page):
    page.goto(ENTRY)
    unseen = []
    for _ in range(page.locator("a[href], button, input, summary, [tabindex='0']").count()):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const focused = document.activeElement, style = getComputedStyle(focused);
            return focused === document.body || style.outlineStyle !== 'none'; }"""
        )
        if not seen:
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))

    assert unseen == []


def test_more_space_between_words_hides_nothing(chromium: Browser, portal: str):
    """WCAG 1.4.12: larger line height, letter and word spacing, at 320 px."""
    context = chromium.new_context(base_url=portal, viewport={"width": 320, "height": 700}, bypass_csp=True)
    page = context.new_page()
    for path in ("/", ENTRY, "/erreurs/"):
        page.goto(path)
        page.add_style_tag(content="* { line-height: 1.5 !important; letter-spacing: .12em; word-spacing: .16em; }")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    context.close()


def test_a_choice_of_colours_is_kept(page: Page):
    page.goto("/")
    page.get_by_label("sombres").check()
    page.goto(ENTRY)

    assert page.evaluate("document.documentElement.dataset.frTheme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 22, 22)"


def test_the_longest_entries_print_on_two_sheets(page: Page):
    """The longest files of the catalogue are among the longest pages."""
    longest = sorted((FIXTURES / "errors").glob("*.yaml"), key=lambda path: path.stat().st_size)[-LONGEST:]
    sheets = {}
    for path in longest:
        answer = page.goto(f"/erreurs/{path.stem}/")
        if answer and answer.ok:  # a draft has no page
            sheets[path.stem] = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))

    assert {slug: count for slug, count in sheets.items() if count > 2} == {}
    assert sheets


@pytest.mark.parametrize("status", ERROR_PAGES)
def test_axe_finds_nothing_on_an_error_page(page: Page, rf, status):
    html = render(rf.get("/"), f"{status}.html").content.decode()
    page.route("**/erreur-simulee/", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))

    page.goto("/erreur-simulee/")

    assert axe_violations(page) == []

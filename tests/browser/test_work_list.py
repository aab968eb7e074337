"""The first page of the staff in a real Chromium: accessible, with the keyboard, on a tablet and on a telephone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, html_errors, run_in_portal, sees_nothing_wrong

pytestmark = [pytest.mark.browser, pytest.mark.screens]

FILL = """
from datetime import timedelta
from django.utils import timezone
from django.contrib.auth import get_user_model
from errors_catalog.models import SearchLog
from tests.oups import waiting
SearchLog.objects.all().delete()  # what other tests searched
waiting.fill_every_list(get_user_model().objects.get(username="relecteur"))
for number in range(12):
    waiting.unanswered(f"essaim d'abeilles {number}", times=20 - number)
for week in range(26):
    day = timezone.localdate() - timedelta(weeks=week)
    SearchLog.objects.create(day=day, query="caf", results=9, confidence=1, times=200 + 37 * week % 90)
"""
EMPTY = """
from errors_catalog.models import FrequentError, LinkCheck, ReaderMessage, SearchLog
from simplification.models import Submission
FrequentError.objects.filter(slug__startswith="erreur-").delete()
Submission.objects.filter(number="OUPS-2026-0001").delete()
for model in (LinkCheck, ReaderMessage, SearchLog):
    model.objects.all().delete()
"""
WIDTHS = [320, 768, 1280]


@pytest.fixture(scope="module")
def waiting_portal(portal: str) -> Iterator[str]:
    """A portal with something in every list; the others find it as it was."""
    run_in_portal(FILL)
    yield portal
    run_in_portal(EMPTY)


@pytest.fixture
def open_home(open_page: OpenPage, waiting_portal: str) -> OpenPage:
    return open_page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("username", ["relecteur", "lise"])
def test_axe_finds_nothing_and_nothing_overflows(open_home, username, width, scheme):
    page = open_home(username, width=width, scheme=scheme)

    sees_nothing_wrong(page)


def test_the_html_is_valid(open_home, tmp_path):
    page = open_home("relecteur")
    (tmp_path / "work-list.html").write_text(page.request.get("/gestion/").text(), encoding="utf-8")

    assert html_errors(tmp_path) == []


def test_the_keyboard_goes_from_the_summary_to_a_remedy(open_home):
    page = open_home("relecteur")
    page.get_by_role("link", name=re.compile("Recherches sans réponse")).first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#recherches$"))

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="essaim d'abeilles 0", exact=True)).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Ces mots : essaim d'abeilles 0")).to_be_visible()


def test_the_numbers_of_a_chart_are_a_table_for_whoever_does_not_see_it(open_home):
    page = open_home("relecteur")
    figure = page.locator("figure", has_text="Vérifications faites")

    figure.locator("summary").click()

    expect(figure.get_by_role("row")).to_have_count(27)

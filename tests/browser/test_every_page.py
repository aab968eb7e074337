"""What every public page promises, seen by a real Chromium."""

from collections.abc import Callable

import pytest
from django.shortcuts import render

from tests.addresses import FORMS, PAGES, REFUSALS
from tests.browser.conftest import Visit, html_errors

pytestmark = pytest.mark.browser

VIEWS = [{"width": 1280, "scheme": "light"}, {"width": 320, "scheme": "dark"}]
EVERY_PAGE = pytest.mark.parametrize("path", [*PAGES, *FORMS, *REFUSALS])
EVERY_VIEW = pytest.mark.parametrize("view", VIEWS, ids=["wide, light", "320 px, dark"])

MAX_BYTES = 240_000
MAX_REQUESTS = 25

ERROR_PAGES = [400, 403, 404, 405, 413, 429, 500, 503]


@EVERY_PAGE
@EVERY_VIEW
def test_axe_finds_nothing(visit: Callable[..., Visit], path, view):
    assert visit(path, **view).violations == []


@EVERY_PAGE
@EVERY_VIEW
def test_nothing_overflows(visit: Callable[..., Visit], path, view):
    assert visit(path, **view).overflow == 0


@EVERY_PAGE
def test_the_page_is_the_one_that_was_asked_for(visit: Callable[..., Visit], path):
    assert visit(path, **VIEWS[0]).status == REFUSALS.get(path, 200)


@EVERY_PAGE
def test_console_stays_empty(visit: Callable[..., Visit], path):
    """A violation of the policy, a script that fails, a missing file: all would stand there."""
    assert visit(path, **VIEWS[0]).console == []


@EVERY_PAGE
def test_no_other_site_is_called(visit: Callable[..., Visit], portal, path):
    assert [url for url in visit(path, **VIEWS[0]).requests if not url.startswith((portal, "data:"))] == []


@pytest.mark.parametrize("path", [*PAGES, *REFUSALS])
def test_no_cookie_is_set_before_a_form(visit: Callable[..., Visit], path):
    assert visit(path, **VIEWS[0]).cookies == []


@EVERY_PAGE
@EVERY_VIEW
def test_first_view_is_light(visit: Callable[..., Visit], path, view):
    seen = visit(path, **view)

    assert sum(seen.transferred.values()) <= MAX_BYTES, seen.transferred
    assert len(seen.transferred) <= MAX_REQUESTS


def test_the_html_checker_finds_no_error(visit: Callable[..., Visit], rf, tmp_path):
    for number, path in enumerate([*PAGES, *FORMS, *REFUSALS]):
        (tmp_path / f"{number}.html").write_text(visit(path, **VIEWS[0]).html, encoding="utf-8")
    for status in ERROR_PAGES:
        (tmp_path / f"error-{status}.html").write_bytes(render(rf.get("/"), f"{status}.html").content)

    assert html_errors(tmp_path) == []

"""What every public page promises, seen by a real Chromium."""

from collections.abc import Callable

import pytest

from tests.addresses import FORMS, PAGES, REFUSALS
from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

VIEWS = [{"width": 1280, "scheme": "light"}, {"width": 320, "scheme": "dark"}]
EVERY_PAGE = pytest.mark.parametrize("path", [*PAGES, *FORMS, *REFUSALS])
EVERY_VIEW = pytest.mark.parametrize("view", VIEWS, ids=["wide, light", "320 px, dark"])

MAX_BYTES = 240_000
MAX_REQUESTS = 25


@EVERY_PAGE
@EVERY_VIEW
def test_axe_finds_nothing(visit: Callable[..., Visit], path, view):
    assert visit(path, **view).violations == []


@EVERY_PAGE
@EVERY_VIEW
def test_nothing_overflows(visit: Callable[..., Visit], path, view):
    assert visit(path, **view).overflow == 0


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

"""No finding of axe and no error of HTML on any screen of hard documents, in any state."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from playwright.sync_api import Browser, Route

from tests.browser import states
from tests.browser.conftest import axe_violations, html_errors
from tests.simplification.conftest import folder, person, without_antivirus  # noqa: F401  # fixtures

pytestmark = [
    pytest.mark.browser, pytest.mark.screens, pytest.mark.django_db, pytest.mark.usefixtures("without_antivirus"),
]  # fmt: skip
VIEWS = [(320, "dark"), (1280, "light")]
DESK_VIEWS = [(768, "light"), (1280, "light")]


@pytest.fixture
def find_faults(chromium: Browser, portal: str, tmp_path: Path) -> Callable[..., list[Any]]:
    """What is wrong with these states: each is shown by a browser to which the portal gives the styles and scripts."""

    def find(shown: states.States, views: list[tuple[int, str]]) -> list[Any]:
        answers = {name: ask() for name, ask in shown.items()}
        for number, (name, answer) in enumerate(answers.items()):
            (tmp_path / f"{number:02} {name}.html").write_bytes(answer.content)
        faults: list[Any] = [*html_errors(tmp_path)]
        for width, scheme in views:
            context = chromium.new_context(
                base_url=portal, viewport={"width": width, "height": 900}, color_scheme=scheme, locale="fr-FR"
            )
            page = context.new_page()
            for name, answer in answers.items():
                page.route("**/etat/", giving(answer))
                page.goto("/etat/")
                overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                faults += [(name, width, violation) for violation in axe_violations(page)]
                faults += [(name, width, f"{overflow} px too wide")] if overflow else []
                page.unroute("**/etat/")
            context.close()
        return faults

    return find


def giving(answer: HttpResponse) -> Callable[[Route], None]:
    headers = {"Content-Security-Policy": answer.headers.get("Content-Security-Policy", "")}

    def give(route: Route) -> None:
        route.fulfill(body=answer.content, content_type="text/html; charset=utf-8", headers=headers)

    return give


@pytest.mark.parametrize("screens", [states.sending, states.following, states.telling])
def test_screens_of_those_who_send_are_accessible_and_valid(client, find_faults, screens):
    assert find_faults(screens(client), VIEWS) == []


def test_lists_of_the_team_are_accessible_and_valid(client, person, find_faults):  # noqa: F811
    assert find_faults(states.queue(client), DESK_VIEWS) == []


def test_pages_of_the_desk_are_accessible_and_valid(client, person, find_faults):  # noqa: F811
    assert find_faults(states.desk_pages(client, person), DESK_VIEWS) == []

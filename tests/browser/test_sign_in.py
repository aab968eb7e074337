"""The sign-in outside the demonstration, with its codes and a real identity provider, in a real Chromium."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    PASSWORD,
    OpenPage,
    portal_environment,
    run_in_portal,
    sees_nothing_wrong,
    wait_for,
)
from tests.staff.codes import WRONG, code

pytestmark = [pytest.mark.browser, pytest.mark.screens]

SIGN_IN = "/gestion/compte/connexion/"
PEOPLE = [
    {"sub": "1", "email": "paule@ministere.example", "email_verified": True},
    {"sub": "2", "email": "inconnue@ministere.example", "email_verified": True},
]
NEWCOMER = """
from django.contrib.auth.models import User
from oups import roles
from staff import accounts
roles.create_roles()
User.objects.filter(username="{name}").delete()
accounts.create("{name}", role="rédacteur", email="{name}@ministere.example")
user = User.objects.get(username="{name}")
user.set_password("{password}")
user.save()
"""
HALF_AN_HOUR_LATER = """
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
for row in Session.objects.all():
    session = SessionStore(row.session_key)
    if session.get("_auth_user_id") == str(User.objects.get(username="absente").pk):
        session["seen_at"] -= 31 * 60
        session.save()
"""


@contextmanager
def running(command: list[str], port: int, environment: dict[str, str]) -> Iterator[str]:
    server = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    port = free_port()
    people = [option for person in PEOPLE for option in ("--user-claims", json.dumps(person))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "-n", "true", *people]
    with running(command, port, dict(os.environ)) as address:
        yield address


@pytest.fixture(scope="module")
def production(portal: str, provider: str) -> Iterator[str]:
    """A portal that is no demonstration, on the database of the other."""
    port = free_port()
    granian = str(Path(sys.executable).with_name("granian"))
    command = [granian, "--interface", "wsgi", "--no-ws", "--port", str(port), "--log-level", "error"]
    changes = {"DEMO": "false", "OIDC_ISSUER": provider, "OIDC_CLIENT_ID": "oups", "OIDC_CLIENT_SECRET": "un secret"}
    with running([*command, "oups.wsgi:application"], port, {**portal_environment(), **changes}) as address:
        yield address


@pytest.fixture
def browse(open_page: OpenPage, production: str) -> OpenPage:
    return partial(open_page, site=production)


def enter(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("Nom d'utilisateur").fill(name)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter").click()


def enter_code(page: Page, value: str, button: str = "Se connecter") -> None:
    page.get_by_label("Code").fill(value)
    page.get_by_role("button", name=button, exact=True).click()


def activate(page: Page) -> str:
    """Tie an application to the account; returns its key."""
    key = page.locator(".oups-secret").inner_text().replace(" ", "")
    enter_code(page, code(key), "Activer")
    return key


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_a_new_account_activates_its_second_factor_then_signs_in_with_it(browse, width, scheme):
    name = f"nouveau-{width}-{scheme}"
    run_in_portal(NEWCOMER.format(name=name, password=PASSWORD))
    page = browse(width=width, scheme=scheme)

    page.goto("/gestion/errors_catalog/frequenterror/")
    sees_nothing_wrong(page)
    enter(page, name, "pas celui-là")
    expect(page.get_by_role("heading", name="Un point à corriger")).to_be_visible()
    sees_nothing_wrong(page)
    enter(page, name)

    expect(page.get_by_role("heading", name="Activer la double authentification")).to_be_visible()
    image = page.get_by_alt_text("Image à photographier")
    assert image.evaluate("image => image.complete && image.naturalWidth > 0")
    sees_nothing_wrong(page)
    enter_code(page, WRONG, "Activer")
    sees_nothing_wrong(page)
    key = activate(page)

    expect(page.get_by_role("heading", name="Vos codes de secours")).to_be_visible()
    sees_nothing_wrong(page)
    spare = page.locator(".oups-codes code").first.inner_text()
    page.get_by_role("link", name="J'ai gardé mes codes").click()
    expect(page.get_by_role("heading", name="À faire", exact=True)).to_be_visible()

    page.get_by_role("link", name="Votre compte").click()
    sees_nothing_wrong(page)
    page.get_by_role("link", name="Changer de mot de passe").click()
    sees_nothing_wrong(page)
    page.go_back()
    page.get_by_role("link", name="Retirer la double authentification").click()
    sees_nothing_wrong(page)
    page.go_back()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_text("Vous êtes déconnecté.")).to_be_visible()
    sees_nothing_wrong(page)

    enter(page, name)
    sees_nothing_wrong(page)
    enter_code(page, WRONG)
    sees_nothing_wrong(page)
    enter_code(page, code(key, later=1))
    expect(page.get_by_role("heading", name="À faire", exact=True)).to_be_visible()

    page.get_by_role("button", name="Se déconnecter").click()
    enter(page, name)
    enter_code(page, spare)
    expect(page.get_by_role("heading", name="À faire", exact=True)).to_be_visible()


def test_the_keyboard_alone_signs_in(browse):
    run_in_portal(NEWCOMER.format(name="clavier", password=PASSWORD))
    page = browse()
    page.goto(SIGN_IN)

    page.get_by_label("Nom d'utilisateur").focus()
    page.keyboard.type("clavier")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Activer la double authentification")).to_be_visible()


def test_whoever_guesses_waits_and_is_told_how_long(browse):
    run_in_portal(NEWCOMER.format(name="devine", password=PASSWORD))
    page = browse(width=320)
    page.goto(SIGN_IN)
    for _ in range(6):
        enter(page, "devine", "au hasard")

    enter(page, "devine")

    expect(page.get_by_text("Attendez une minute, puis recommencez.")).to_be_visible()
    sees_nothing_wrong(page)


def test_an_idle_session_ends_and_its_owner_finds_the_page_again(browse):
    run_in_portal(NEWCOMER.format(name="absente", password=PASSWORD))
    page = browse()
    page.goto("/gestion/")
    enter(page, "absente")
    key = activate(page)
    page.goto("/gestion/errors_catalog/frequenterror/?q=caf")
    run_in_portal(HALF_AN_HOUR_LATER)

    page.reload()
    expect(page.get_by_text("Votre session a pris fin.")).to_be_visible()
    sees_nothing_wrong(page)
    enter(page, "absente")
    enter_code(page, code(key, later=1))

    expect(page).to_have_url(re.compile(r"/gestion/errors_catalog/frequenterror/\?q=caf$"))


def test_the_identity_provider_opens_the_account_and_is_left_with_it(browse, provider):
    run_in_portal(NEWCOMER.format(name="paule", password=PASSWORD))
    page = browse()
    page.goto("/gestion/errors_catalog/frequenterror/")

    page.get_by_role("link", name="S'identifier avec ProConnect").click()
    page.get_by_role("button", name="1", exact=True).click()
    activate(page)
    page.goto("/gestion/compte/")
    page.get_by_role("button", name="Se déconnecter").click()

    page.wait_for_url(f"{provider}/oauth2/end_session**")


@pytest.mark.parametrize("width", [320, 768])
def test_somebody_whom_only_the_provider_knows_is_told_whom_to_ask(browse, width):
    page = browse(width=width)
    page.goto(SIGN_IN)
    sees_nothing_wrong(page)

    page.get_by_role("link", name="S'identifier avec ProConnect").click()
    page.get_by_role("button", name="2", exact=True).click()

    expect(page.get_by_role("heading", name="Aucun compte ne vous est ouvert ici")).to_be_visible()
    sees_nothing_wrong(page)

"""The portal as it runs in production, a real Chromium in front of it."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import axe_playwright_python
import psycopg
import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Response, sync_playwright

from tests.environment import PROCESS

CHECKER = settings.BASE_DIR / ".local" / "vnu" / "vnu.jar"
DATABASE = f"oups_browser_{PROCESS}"
PASSWORD = "un mot de passe pour les tests"
SESSIONS: dict[str, Any] = {}  # the cookies of those who signed in
ACCOUNTS = {"relecteur": "relecteur", "lise": "équipe simplification", "marc": "équipe simplification"}
CREATE_ACCOUNTS = f"""
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from oups import roles
roles.create_roles()
for username, role in {ACCOUNTS}.items():
    user = get_user_model().objects.create_user(username, password="{PASSWORD}", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
"""
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
REFUSAL = re.compile(r"status of 4(03|04|13|22)")  # what a test provokes, and the browser says
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def portal_environment() -> dict[str, str]:
    """The environment of a process that works on the database of the portal."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return {
        **os.environ,
        "DATABASE_URL": urlunsplit(parts._replace(path=f"/{DATABASE}")).replace(":///", "://@/", 1),
        "DEMO": "true",
        "PYTHONWARNINGS": "ignore",
    }


def manage(*arguments: str, script: str = "", **variables: str) -> None:
    """Run `manage.py` on the database of the portal."""
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=settings.BASE_DIR, env={**portal_environment(), **variables},
        input=script, text=True, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def run_in_portal(script: str, **variables: str) -> None:
    """Run these lines of Python on the database of the portal."""
    manage("shell", "--no-imports", script=script, **variables)


@pytest.fixture(scope="session")
def portal() -> Iterator[str]:
    """The address of a portal of its own: its database, its catalogue, its web server."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0 ENCODING 'UTF8'")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    manage("migrate", "--verbosity=0")
    manage("load_catalogue")
    run_in_portal(CREATE_ACCOUNTS)
    granian = Path(sys.executable).with_name("granian")
    command = [granian, "--interface", "wsgi", "--no-ws", "--port", str(port), "--log-level", "error"]
    environment = {**portal_environment(), "SITE_URL": address}
    server = subprocess.Popen([*command, "oups.wsgi:application"], cwd=settings.BASE_DIR, env=environment)
    try:
        wait_for(port)
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int) -> None:
    """Return once the server listens, at most a few seconds after its start."""
    for _ in range(100):
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        subprocess.run(["sleep", "0.1"], check=True)  # noqa: S607
    raise TimeoutError(port)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Closed after the browser tests: its driver holds the event loop of this thread, which others need."""
    names = ("chromium", "chromium-browser", "google-chrome")
    installed = next((path for name in names if (path := shutil.which(name))), None)
    with sync_playwright() as driver:
        if not (installed or Path(driver.chromium.executable_path).exists()):
            pytest.skip("aucun Chromium sur cette machine : voir .ci/install")
        yield launch(driver, installed)
        connections.close_all()  # of the tests that used the database while the loop ran: nobody else sees them


def launch(driver: Playwright, installed: str | None) -> Browser:
    return driver.chromium.launch(executable_path=installed, args=CHROMIUM_OPTIONS)


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser, portal: str) -> Iterator[OpenPage]:
    """Open a browser of one's own on the portal, signed in or not. Its console must have stayed empty at the end."""
    contexts = []
    console: list[str] = []

    def note(message: ConsoleMessage, site: str) -> None:
        if message.location["url"].startswith(site) and not REFUSAL.search(message.text):
            console.append(message.text)

    def opened(
        username: str = "", *, width: int = 1280, scheme: Any = "light", javascript: bool = True, site: str = portal
    ) -> Page:
        context = chromium.new_context(
            base_url=site, viewport={"width": width, "height": 900}, color_scheme=scheme, locale="fr-FR",
            java_script_enabled=javascript,
        )  # fmt: skip
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: note(message, site))
        page.on("pageerror", lambda error: console.append(str(error)))
        if username:
            sign_in(page, username)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert console == []


def sign_in(page: Page, username: str) -> None:
    """Arrive on the first page of the staff as this person, one of `ACCOUNTS`, who types a password once a run."""
    page.context.add_cookies(SESSIONS.get(username, []))
    page.goto("/gestion/")
    if username not in SESSIONS:
        page.get_by_label("Nom d'utilisateur").fill(username)
        page.get_by_label("Mot de passe").fill(PASSWORD)
        with page.expect_navigation():
            page.get_by_role("button", name="Se connecter").click()
        if urlsplit(page.url).path == "/gestion/":  # no second factor is asked
            SESSIONS[username] = page.context.cookies()


@dataclass
class Visit:
    """What one visit of a page showed."""

    status: int
    html: str
    violations: list[str]
    console: list[str]
    requests: list[str]
    cookies: list[dict[str, object]]
    overflow: int
    transferred: dict[str, int] = field(default_factory=dict)


@pytest.fixture(scope="package")
def visit(portal: str, chromium: Browser) -> Callable[..., Visit]:
    """Open a page in a new, empty browser and look at all we promise; the same visit is made once."""

    @cache
    def open_page(path: str, *, width: int = 1280, scheme: str = "light") -> Visit:
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        try:
            return inspect(context, portal + path)
        finally:
            context.close()

    return open_page


def inspect(context: BrowserContext, address: str) -> Visit:
    page = context.new_page()
    console: list[str] = []
    requests: list[str] = []
    responses: list[Response] = []
    expected = f"Failed to load resource: the server responded with a status of 404 (Not Found) {address}"
    page.on("console", lambda message: console.append(f"{message.text} {message.location.get('url', '')}"))
    page.on("pageerror", lambda error: console.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108  # a builtin cannot be wrapped
    answer = page.goto(address)
    assert answer is not None
    transferred = {response.url: response.request.sizes()["responseBodySize"] for response in responses}
    return Visit(
        status=answer.status,
        html=answer.text(),
        violations=axe_violations(page),
        console=[line for line in console if line != expected],
        requests=requests,
        cookies=list(context.cookies()),
        overflow=page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
        transferred=transferred,
    )


def axe_violations(page: Page) -> list[str]:
    """Every finding of axe, all rules included, as « rule: element »."""
    page.evaluate(AXE)
    results = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{found['id']}: {node['html'][:150]}" for found in results["violations"] for node in found["nodes"]]


def sees_nothing_wrong(page: Page) -> None:
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert (axe_violations(page), overflow) == ([], 0), page.url


def html_errors(pages: Path) -> list[tuple[str, str, str]]:
    """What the Nu HTML checker finds in a folder, in one call, for it takes seconds to start: page, error, extract."""
    if not (CHECKER.exists() and shutil.which("java")):
        pytest.skip("le vérificateur HTML n'est pas installé : voir .ci/install")
    command = ["java", "-jar", CHECKER, "--errors-only", "--format", "json", *sorted(pages.glob("*.html"))]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(checked.stderr)["messages"]
    return [(message["url"][-30:], message["message"], message.get("extract", "")) for message in found]

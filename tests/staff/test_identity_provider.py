"""Signing in through a real OpenID Connect provider, which runs in a process of its own."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from pytest_django.asserts import assertContains

from tests.factories import StaffFactory
from tests.staff.codes import code
from tests.staff.conftest import ADMIN, CODE, SIGN_IN

pytestmark = pytest.mark.django_db

START = "/gestion/compte/connexion/fournisseur/"
ENTRIES = "/gestion/errors_catalog/frequenterror/"
PEOPLE = [
    {"sub": "1", "email": "camille@ministere.example", "email_verified": True, "usual_name": "Durand"},
    {"sub": "2", "email": "inconnue@ministere.example", "email_verified": True},
    {"sub": "3", "email": "camille@ministere.example", "email_verified": False},
    {"sub": "4", "email": "ancien@ministere.example", "email_verified": True},
    {"sub": "5", "email": "usager@ministere.example", "email_verified": True},
    {"sub": "6"},
    {"sub": "7", "email": "camille@ministere.example", "email_verified": True},
    {"sub": "8", "email": "camille@ministere.example"},
    {"sub": "9", "email": "CAMILLE@ministere.example", "email_verified": True},
    {"sub": "10", "email": "camille@mınistere.example", "email_verified": True},
]  # fmt: skip


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    people = [option for person in PEOPLE for option in ("--user-claims", json.dumps(person))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "-n", "true", *people]
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str) -> None:
    for _ in range(200):
        try:
            requests.get(f"{address}/.well-known/openid-configuration", timeout=1).raise_for_status()
        except requests.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


@pytest.fixture(autouse=True)
def settings_of_the_provider(settings, provider: str) -> None:
    use(settings, provider)


def use(settings, address: str) -> None:
    settings.OIDC_ISSUER = address
    settings.OIDC_CLIENT_ID = "oups"
    application = {"provider_id": "oidc", "name": "ProConnect", "client_id": "oups", "secret": "un secret"}
    application["settings"] = {"server_url": address, "scope": settings.OIDC_SCOPES}
    settings.SOCIALACCOUNT_PROVIDERS = {"oidc": {"APPS": [application]}}


@pytest.fixture
def camille() -> User:
    return StaffFactory(username="camille", email="camille@ministere.example", role="rédacteur")


@pytest.fixture
def enter(client) -> Callable[..., object]:
    """Go to the provider, say who one is there, come back."""

    def go(person: str, wanted: str = ENTRIES):
        there = client.get(START, {"next": wanted})
        answer = requests.post(there.url, data={"sub": person}, allow_redirects=False, timeout=5)
        return client.get(answer.headers["Location"].removeprefix("http://testserver"))

    return go


def test_a_known_address_signs_in_with_its_second_factor_and_finds_its_page(client, enter, camille):
    assert enter("1").url == CODE
    assert client.get(ENTRIES).status_code == 302

    assert client.post(CODE, {"code": code()}).url == ENTRIES
    assert client.get(ENTRIES).status_code == 200


def test_an_account_without_a_second_factor_is_led_to_it(client, enter):
    StaffFactory(email="camille@ministere.example", role="rédacteur", second_factor=False)

    assert enter("1").url == ENTRIES
    assert "activer" in client.get(ENTRIES, follow=True).redirect_chain[-1][0]


@pytest.mark.parametrize("person", ["2", "3", "4", "5", "6", "8", "10", "quelqu'un"])
def test_nobody_else_enters_and_no_account_is_made(client, enter, camille, person):
    StaffFactory(email="ancien@ministere.example", is_active=False)
    StaffFactory(email="usager@ministere.example", is_staff=False)
    accounts = User.objects.count()

    answer = enter(person)

    assertContains(answer, "Aucun compte ne vous est ouvert ici", status_code=403)
    assertContains(answer, "contact@oups.example", status_code=403)
    assert "_auth_user_id" not in client.session
    assert (User.objects.count(), SocialAccount.objects.count()) == (accounts, 0)


def test_the_case_of_an_address_does_not_matter(enter, camille):
    assert enter("9").url == CODE


def test_a_provider_that_vouches_for_its_addresses_need_not_say_so_each_time(enter, camille, settings):
    settings.OIDC_TRUST_EMAIL = True

    assert enter("8").url == CODE


def test_an_address_that_the_provider_calls_unchecked_is_refused_even_then(enter, camille, settings):
    settings.OIDC_TRUST_EMAIL = True

    assert enter("3").status_code == 403


def test_the_next_person_to_be_given_an_address_does_not_enter(client, enter, camille):
    enter("1")
    client.logout()

    assert enter("7").status_code == 403


def test_an_account_whose_address_changed_is_not_opened_by_its_former_owner(client, enter, camille):
    enter("1")
    client.logout()
    User.objects.filter(pk=camille.pk).update(email="autre@ministere.example")

    assert enter("1").status_code == 403


def test_nothing_of_the_person_is_kept_but_the_tie(enter, camille):
    enter("1")

    tie = SocialAccount.objects.get()
    assert (tie.user, tie.uid, tie.extra_data) == (camille, "1", {})


def test_who_was_refused_can_leave_the_provider(enter, camille):
    assertContains(enter("2"), "/oauth2/end_session?id_token_hint=", status_code=403)


def test_signing_out_leads_to_the_end_of_the_providers_session(client, enter, camille, provider):
    enter("1")
    client.post(CODE, {"code": code()})

    answer = client.post("/gestion/compte/deconnexion/")

    address = answer.context["address"]
    query = parse_qs(urlsplit(address).query)
    assert address.startswith(f"{provider}/oauth2/end_session?")
    assert query["post_logout_redirect_uri"] == [f"http://testserver{SIGN_IN}"]
    assert requests.get(address, allow_redirects=False, timeout=5).status_code < 400
    assertContains(answer, f'content="0; url={provider}/oauth2/end_session')
    assert client.get(ADMIN).status_code == 302


def test_who_gives_up_at_the_provider_gets_a_page(client):
    there = client.get(START).url
    answer = requests.post(there, data={"action": "deny"}, allow_redirects=False, timeout=5)

    back = client.get(answer.headers["Location"].removeprefix("http://testserver"))

    assertContains(back, "La connexion n'a pas abouti", status_code=400)


@pytest.mark.parametrize("query", ["", "?state=x&code=y", "?error=server_error", "?code=%00&state=%00"])
def test_an_answer_that_nobody_asked_for_gets_a_page(client, query):
    assertContains(client.get(f"{START}retour/{query}"), "pas abouti", status_code=400)


def test_the_request_carries_what_proconnect_asks_and_nothing_from_the_address(client):
    query = parse_qs(urlsplit(client.get(f"{START}?scope=admin&auth_params=a%3Db&process=connect").url).query)

    assert set(query) == {"client_id", "redirect_uri", "scope", "response_type", "state", "nonce"}
    assert len(query["state"][0]) >= 32
    assert len(query["nonce"][0]) >= 32
    assert sorted(query["scope"][0].split()) == ["email", "given_name", "openid", "usual_name"]
    assert query["redirect_uri"] == ["http://testserver/gestion/compte/connexion/fournisseur/retour/"]


def test_the_sign_in_names_the_provider(client):
    assertContains(client.get(SIGN_IN), "S'identifier avec ProConnect")


def test_a_provider_that_does_not_answer_gets_a_page(client, settings):
    use(settings, "http://127.0.0.1:9")

    assertContains(client.get(START), "pas abouti", status_code=502)


def test_without_a_provider_nothing_of_it_is_there(client, settings):
    settings.OIDC_ISSUER = ""

    assert "ProConnect" not in client.get(SIGN_IN).content.decode()
    assert [client.get(START).status_code, client.get(f"{START}retour/").status_code] == [404, 404]

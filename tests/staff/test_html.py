"""Valid HTML on the pages of the sign-in, in every state, checked by the Nu HTML checker in one call."""

import pytest
from pytest_django.asserts import assertTemplateUsed

from staff import identity
from tests.browser.conftest import html_errors
from tests.staff.codes import WRONG, code
from tests.staff.conftest import ACTIVATION, ADMIN, CODE, SIGN_IN, enter_password

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

ACCOUNT = "/gestion/compte/"
PAGES = {
    "": "mfa/index.html",
    "codes-de-secours/": "mfa/recovery_codes/index.html",
    "codes-de-secours/nouveaux/": "mfa/recovery_codes/generate.html",
    "confirmer/": "account/reauthenticate.html",
    "confirmer/code/": "mfa/reauthenticate.html",
    "deconnexion/": "account/logout.html",
    "double-authentification/retirer/": "mfa/totp/deactivate_form.html",
    "mot-de-passe/": "account/password_change.html",
}


def every_state(client, rf, settings) -> dict[str, str]:
    """The pages as the server writes them, by a name for their state."""
    settings.OIDC_ISSUER = "https://fournisseur.example"
    states = {"sign-in": client.get(SIGN_IN, {"next": ADMIN}), "wrong password": enter_password(client, "nadia", "x")}
    enter_password(client, "nadia")
    states["account without a factor"] = client.get(ACCOUNT)
    states["activation"] = client.get(ACTIVATION)
    states["wrong activation"] = client.post(ACTIVATION, {"code": WRONG})
    client.post(ACTIVATION, {"code": code(client.session["mfa.totp.secret"])})
    for path, template in PAGES.items():
        states[path] = client.get(f"{ACCOUNT}{path}")
        assertTemplateUsed(states[path], template)
    for path in ("confirmer/", "confirmer/code/", "mot-de-passe/"):
        states[f"wrong {path}"] = client.post(f"{ACCOUNT}{path}", {"password": "x", "code": WRONG, "oldpassword": "x"})
    client.post(f"{ACCOUNT}deconnexion/")
    enter_password(client, "nadia")
    states["code"] = client.get(CODE)
    states["wrong code"] = client.post(CODE, {"code": WRONG})
    request = rf.get("/")
    request.session = {
        identity.SESSION_KEY: {"id_token": "x", "end_session_endpoint": "https://fournisseur.example/fin"}
    }
    states["refused"], states["failed"] = identity.refusal(request), identity.failure(request)
    return {name: answer.content.decode() for name, answer in states.items()}


def test_the_html_checker_finds_no_error(client, rf, settings, newcomer, tmp_path):
    for number, (name, html) in enumerate(every_state(client, rf, settings).items()):
        (tmp_path / f"{number:02}-{name.replace('/', '')}.html").write_text(html, encoding="utf-8")

    assert html_errors(tmp_path) == []

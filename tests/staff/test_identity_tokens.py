"""What is believed of an identity provider that answers as ProConnect does, by signed tokens, and of one that lies."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm

from staff import identity, provider
from tests.factories import StaffFactory
from tests.staff.conftest import CODE
from tests.staff.test_identity_provider import START, use

pytestmark = pytest.mark.django_db


class Provider(HTTPServer):
    """Signs with ES256; `lies` changes what it says."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.nonce = ""
        self.lies: dict[str, Any] = {}
        self.nonsense: dict[str, Any] = {}  # the answer at a path, in place of what it should be

    def signed(self, what: str, **claims: Any) -> str:
        claims = {"iss": self.address, "aud": "oups", "exp": time.time() + 60, "iat": time.time(), "sub": "1", **claims}
        claims |= self.lies.get(what, {})
        claims = {name: value for name, value in claims.items() if value is not None}
        key, algorithm = self.lies.get(f"key of {what}", (self.key, "ES256"))
        return jwt.encode(claims, key, algorithm, headers={"kid": "first"})


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        here, base = self.server, self.server.address
        if self.path == "/jwks":
            key = json.loads(ECAlgorithm.to_jwk(here.key.public_key()))
            self.answer({"keys": [{**key, "kid": "first", "alg": "ES256", "use": "sig"}]})
        elif self.path == "/userinfo":
            self.answer(here.signed("person", email="camille@ministere.example"), kind="application/jwt")
        else:
            names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo", "end_session": "end"}
            endpoints = {f"{name}_endpoint": f"{base}/{path}" for name, path in names.items()}
            self.answer({"issuer": base, "jwks_uri": f"{base}/jwks", **endpoints})

    def do_POST(self) -> None:
        token = self.server.signed("id_token", nonce=self.server.nonce)
        self.answer({"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": token})

    def answer(self, content: Any, kind: str = "application/json") -> None:
        if self.path in self.server.nonsense:
            content, kind = self.server.nonsense[self.path], "application/json"
        body = (content if isinstance(content, str) else json.dumps(content)).encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind};charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        pass


@pytest.fixture
def proconnect(settings: Any) -> Iterator[Provider]:
    server = Provider()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    use(settings, server.address)
    settings.OIDC_TRUST_EMAIL = True
    StaffFactory(email="camille@ministere.example", role="rédacteur")
    yield server
    server.shutdown()
    server.server_close()


def enter(client, server: Provider):
    query = parse_qs(urlsplit(client.get(START).url).query)
    server.nonce = server.nonce or query["nonce"][0]
    return client.get(f"{START}retour/", {"code": "x", "state": query["state"][0]})


def test_a_person_told_by_a_signed_token_enters(client, proconnect):
    assert enter(client, proconnect).url == CODE


OTHER_KEY = (ec.generate_private_key(ec.SECP256R1()), "ES256")
SHARED_SECRET = ("un secret que le site connaît aussi, et assez long", "HS256")


@pytest.mark.parametrize("what", ["id_token", "person"])
@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://ailleurs.example"},
        {"aud": "un autre site"},
        {"exp": 1},
        {"sub": "2"},
        "key",
        "shared secret",
        "none",
    ],
    ids=str,
)
def test_a_token_that_is_not_the_providers_for_us_opens_nothing(client, proconnect, what, lie):
    keys = {"key": OTHER_KEY, "shared secret": SHARED_SECRET, "none": (None, "none")}
    proconnect.lies = {f"key of {what}": keys[lie]} if isinstance(lie, str) else {what: lie}

    answer = enter(client, proconnect)

    assert answer.status_code == 400
    assert "account_login" not in client.session


@pytest.mark.parametrize("claim", ["exp", "iat"])
def test_a_token_without_its_dates_opens_nothing(client, proconnect, claim):
    proconnect.lies = {"id_token": {claim: None}}

    assert enter(client, proconnect).status_code == 400


CONFIGURATION = "/.well-known/openid-configuration"


@pytest.mark.parametrize(
    ("path", "content"),
    [
        (CONFIGURATION, []),
        (CONFIGURATION, {"issuer": "https://ailleurs.example"}),
        (CONFIGURATION, "<html>"),
        ("/token", ["access_token"]),
        ("/token", "access_token"),
        ("/token", {"access_token": "x"}),
        ("/token", {"access_token": 1, "id_token": 2}),
        ("/jwks", []),
        ("/jwks", {}),
        ("/userinfo", []),
        ("/userinfo", {"email": "camille@ministere.example"}),
    ],
)
def test_nonsense_of_the_provider_gets_a_page_and_a_line_in_the_logs(client, proconnect, caplog, path, content):
    query = parse_qs(urlsplit(client.get(START).url).query)
    proconnect.nonce = query["nonce"][0]
    proconnect.nonsense = {path: content}

    answer = client.get(f"{START}retour/", {"code": "x", "state": query["state"][0]})

    assert answer.status_code in (400, 502)
    assert "account_login" not in client.session
    assert [record.name for record in caplog.records if record.name.startswith("staff")] == ["staff.identity"]


def test_an_address_that_is_no_text_opens_nothing(client, proconnect):
    proconnect.lies = {"person": {"email": 1, "given_name": ["Camille"]}}

    assert enter(client, proconnect).status_code == 403


def test_a_mistake_of_ours_is_not_laid_on_the_provider(client, proconnect, monkeypatch):
    monkeypatch.setattr(identity, "account_of", lambda login: {}["a mistake"])

    with pytest.raises(KeyError):
        enter(client, proconnect)


def test_the_answer_to_another_request_opens_nothing(client, proconnect):
    proconnect.nonce = "celui d'une autre demande, assez long pour être cru"

    assert enter(client, proconnect).status_code == 400


def test_only_signatures_by_the_providers_own_keys_are_known():
    assert not {name for name in provider.ALGORITHMS if name.startswith("HS") or name == "none"}

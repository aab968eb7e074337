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

from staff import provider
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

    def signed(self, what: str, **claims: Any) -> str:
        claims = {"iss": self.address, "aud": "oups", "exp": time.time() + 60, "sub": "1", **claims}
        claims |= self.lies.get(what, {})
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


def test_the_answer_to_another_request_opens_nothing(client, proconnect):
    proconnect.nonce = "celui d'une autre demande, assez long pour être cru"

    assert enter(client, proconnect).status_code == 400


def test_only_signatures_by_the_providers_own_keys_are_known():
    assert not {name for name in provider.ALGORITHMS if name.startswith("HS") or name == "none"}

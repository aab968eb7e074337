"""Bytes that no browser sends, to the real web server: it answers, in French where it speaks, and lives on."""

import http.client
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from tests.addresses import HEADERS, policy

pytestmark = pytest.mark.browser


def ask(portal: str, method: str, target: str, **headers: str) -> tuple[int, str, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection(str(urlsplit(portal).netloc), timeout=10)
    connection.putrequest(method, target, skip_host="Host" in headers, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value.encode("latin-1"))
    connection.endheaders()
    with closing(connection), connection.getresponse() as response:
        return response.status, response.read().decode("utf-8", "replace"), response.headers


@pytest.mark.parametrize(
    ("method", "target", "headers", "status"),
    [
        ("TRACE", "/", {}, 405),
        ("POST", "/erreurs/", {"Content_Length": "0"}, 405),
        ("BREW", "/", {}, 405),
        ("GET", "/", {"Host": "ailleurs.example"}, 400),
        ("GET", "/", {"Host": "a b"}, 400),
        ("GET", "/erreurs/?q=%00%FF%ED%A0%80", {}, 200),
        ("GET", "/erreurs/?page=" + "9" * 400, {}, 200),
        ("GET", "/erreurs/?q=" + "a" * 20_000, {}, 200),
        ("GET", "/erreurs/?q=caf", {"Content_Type": "text/html; charset=base64"}, 200),
        ("GET", "/erreurs/?q=caf", {"Content_Type": "text/html; charset=é"}, 200),
        ("GET", "/%00", {}, 404),
        ("GET", "/erreurs/%FF%FE/", {}, 404),
        ("GET", "//ailleurs.example/", {}, 404),
        ("GET", "/" + "a/" * 2000, {}, 404),
    ],
)
def test_an_odd_request_has_a_clear_answer(portal, method, target, headers, status):
    found, body, answer = ask(portal, method, target, **headers)

    assert found == status
    assert "Traceback" not in body
    assert '<html lang="fr"' in body
    assert policy(answer["Content-Security-Policy"]) == policy(HEADERS["Content-Security-Policy"])


def test_a_static_file_is_compressed_and_kept_for_ever(portal):
    _, page, _ = ask(portal, "GET", "/")
    path = page.split('rel="stylesheet" href="')[1].split('"')[0]

    status, _, headers = ask(portal, "GET", path, Accept_Encoding="br")

    assert (status, headers["Content-Encoding"]) == (200, "br")
    assert headers["Cache-Control"] == "max-age=315360000, public, immutable"


def test_a_page_is_compressed(portal):
    assert ask(portal, "GET", "/", Accept_Encoding="gzip")[2]["Content-Encoding"] == "gzip"

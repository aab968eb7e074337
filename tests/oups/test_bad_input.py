"""Any byte in any parameter: a clear French page, never a failure of ours."""

import pytest

from common.wsgi import Utf8Request

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

VALUES = [
    "\x00",
    "caf\x00apl",
    "\ud800",
    "%00",
    "%ED%A0%80",
    "%FF%FE",
    "'; DROP TABLE errors_catalog_frequenterror; --",
    "<script>alert(1)</script>",
    "a & b | !c <-> (d:*)",
    ":*",
    "!!!",
    "' OR '1'='1",
    "le la les de du",
    "🙂🙂",
    "\u202eمرحبا",
    "é" * 60_000,
    "mot " * 15_000,
    "9" * 400,
    "-1",
    "1e309",
    "NaN",
    "../../etc/passwd",
    "{{ 7*7 }}",
]
PARAMETERS = ["q", "public", "evenement", "administration", "droit", "tri", "page", "inconnu"]


@pytest.mark.parametrize("name", PARAMETERS)
@pytest.mark.parametrize("value", VALUES, ids=[ascii(value)[:20] for value in VALUES])
def test_a_parameter_never_breaks_the_list(client, name, value):
    query = value if value.startswith("%") else value.encode("utf-8", "surrogatepass")
    address = f"/erreurs/?{name}=" + (
        query if isinstance(query, str) else "".join(f"%{byte:02X}" for byte in query[:60_000])
    )

    assert client.get(address).status_code == 200


def test_a_pasted_letter_is_searched_by_its_first_words(client):
    response = client.get("/recherche/", {"q": "J'ai reçu un trop-perçu de la Caf. " * 2000})

    assert response.status_code == 200
    assert len(response.context["words"]) <= 200


def test_what_was_typed_is_shown_escaped(client):
    page = client.get("/recherche/", {"q": "<script>alert(1)</script>"}).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    "path", ["/erreurs/a%00b/", "/erreurs/%FF/", "/evenements-de-vie/%E2%80%AE/", "/administrations/..%2f../", "/%00"]
)
def test_a_broken_path_is_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("charset", ["base64", "idna", "rot13", "undefined", "utf-7", "punycode", "nonsense", "é"])
def test_a_charset_of_the_sender_is_not_followed(rf, charset):
    environ = rf.get("/erreurs/", {"q": "é"}).environ | {"CONTENT_TYPE": f"text/html; charset={charset}"}

    assert Utf8Request(environ).GET["q"] == "é"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "BREW"])
def test_a_method_that_is_not_served_is_refused_in_french(client, method):
    response = client.generic(method, "/erreurs/")

    assert response.status_code == 405
    assert "Cette page se lit" in response.content.decode()
    assert response["Allow"] == "GET, HEAD"


@pytest.mark.parametrize("host", ["ailleurs.example", "a b", "testserver@evil", "ailleurs.example:443"])
def test_a_foreign_host_is_refused_in_french(client, host):
    response = client.get("/", headers={"host": host})

    assert response.status_code == 400
    assert "mal formée" in response.content.decode()


def test_a_forwarded_host_is_not_followed(client):
    response = client.get("/", headers={"x-forwarded-host": "ailleurs.example"})

    assert "ailleurs.example" not in response.content.decode()


def test_too_many_parameters_are_refused_in_french(client):
    response = client.get("/erreurs/?" + "&".join(f"p{n}=1" for n in range(1500)))

    assert response.status_code == 400
    assert "mal formée" in response.content.decode()


def test_too_large_a_body_is_refused_in_french(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    response = client.post("/gestion/login/", {"username": "x" * 2000, "password": "y"})

    assert response.status_code == 413
    assert "Envoi trop lourd" in response.content.decode()


@pytest.mark.parametrize("page", ["0", "-5", "10" * 300, "abc", "", "1.5", "²"])
def test_a_page_number_out_of_range_shows_a_page(client, page):
    assert client.get("/erreurs/", {"page": page}).status_code == 200

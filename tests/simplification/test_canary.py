"""What people type is in no log: a word put in every field is looked for in all that the machines say."""

import logging
import re
import socket
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, transaction

from common.logging import JsonFormatter
from simplification.models import Submission
from tests.simplification.letters import photo
from tests.simplification.machines import Mailbox, mail_server, wait_until, working
from tests.simplification.sender import TRACKING, drafted, opened, step, upload

CANARY = "canari7531"
pytestmark = pytest.mark.usefixtures("queue")


class Lines(logging.Handler):
    """What the formatter of production makes of all that is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name != "mail.log":  # the mail server of the tests
            self.lines.append(self.format(record))


@pytest.fixture
def logged() -> Iterator[list[str]]:
    handler = Lines()
    logging.getLogger().addHandler(handler)
    yield handler.lines
    logging.getLogger().removeHandler(handler)


def fill_in_every_field(client) -> str:
    """The form from end to end, each answer refused once before it is taken. Returns the token."""
    headers = {"User-Agent": CANARY, "Referer": f"https://exemple.fr/{CANARY}"}
    bad_files = upload((b"", f"{CANARY}.pdf"), (b"MZ" + CANARY.encode() + bytes(9), f"{CANARY}.exe"))
    client.post(
        f"{opened()}&mot={CANARY}",
        {"files": bad_files, "text": CANARY * 3_000, "page_url": f"!{CANARY}", "website": CANARY},
        headers=headers,
    )
    token = drafted(client, (photo(), f"{CANARY}.jpg"), text=f"{CANARY} " * 40)
    client.post(step(token, "document"), {"page_url": f"https://exemple.fr/{CANARY}", "remove": CANARY})
    wrong = {"kind": CANARY, "administration": CANARY, "difficulties": CANARY, "life_event": CANARY, "email": CANARY}
    client.post(step(token, "difficulte"), {**wrong, "comment": CANARY * 300}, headers=headers)
    right = {"kind": "letter", "difficulties": "words", "email": f"{CANARY}@exemple.fr", "comment": CANARY}
    assert client.post(step(token, "difficulte"), right).status_code == 302
    client.post(step(token, "verifier"))
    client.post(TRACKING, {"number": CANARY, "key": CANARY}, headers=headers)
    client.post(f"{TRACKING}effacer/", {"number": CANARY, "key": CANARY})
    return token


def test_the_web_server_logs_nothing_that_is_typed(client, logged, monkeypatch):
    fill_in_every_field(client)
    token = drafted(client)
    client.raise_request_exception = False
    monkeypatch.setattr("simplification.services.fill_in", lambda *_, **answers: answers["missing"])
    client.post(step(token, "difficulte"), {"kind": "letter", "difficulties": "words", "comment": CANARY})

    assert any("Internal Server Error" in line for line in logged)
    assert not any(CANARY in line for line in logged)


@pytest.mark.parametrize("address", ["/simplifier/envoi/%s/verifier/", "/apercu/%s/"])
def test_the_address_of_a_form_or_of_a_preview_is_in_no_log(logged, address):
    logging.getLogger("django.request").error("Service Unavailable: %s", address % CANARY)

    assert logged
    assert not any(CANARY in line for line in logged)


def test_the_database_quotes_no_row_in_the_logs(client, logged):
    token = fill_in_every_field(client)
    try:
        with transaction.atomic():
            Submission.objects.filter(token=token).update(state="unknown")
    except IntegrityError:
        logging.getLogger("test").exception("Refused")

    assert any("IntegrityError" in line for line in logged)
    assert not any(CANARY in line for line in logged)


def test_the_worker_logs_nothing_that_is_typed_whatever_fails(client, folder):
    """Its antivirus answers nonsense, its mail server refuses the address."""
    fill_in_every_field(client)
    with socket.create_server(("127.0.0.1", 0)) as antivirus, mail_server(Mailbox("451 No")) as port:
        address = f"127.0.0.1:{antivirus.getsockname()[1]}"
        with working(folder, CLAMD_ADDRESS=address, EMAIL_URL=f"smtp://127.0.0.1:{port}") as log:
            antivirus.settimeout(60)
            with antivirus.accept()[0] as connection:
                connection.sendall(b"stream: nonsense\0")
            wait_until(lambda: len(re.findall("Undelivered|Unavailable", log.read_text())) >= 2, seconds=60)

    assert CANARY not in log.read_text()

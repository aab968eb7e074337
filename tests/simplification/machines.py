"""The machines around the form, real ones: the worker, and mail servers of every temper."""

import asyncio
import os
import queue
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit, urlunsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from django.conf import settings
from django.db import connection

SECONDS_FOR_A_LETTER = 60  # promised


class Mailbox:
    """What a mail server received. It answers `refusal` to the recipient or, `at` "DATA", to the letter."""

    def __init__(self, refusal: str = "", *, at: str = "RCPT", seconds: float = 0) -> None:
        self.letters: queue.Queue[EmailMessage] = queue.Queue()
        self.tries = 0
        self._refusal, self._at, self._seconds = refusal, at, seconds

    # Their names in aiosmtpd.
    async def handle_RCPT(self, server: object, session: object, envelope: Envelope, to: str, options: object) -> str:  # noqa: N802
        self.tries += 1
        if self._refusal and self._at == "RCPT":
            return self._refusal
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, server: object, session: object, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self._seconds)
        if self._refusal:
            return self._refusal
        self.letters.put(message_from_bytes(envelope.content or b"", policy=policy.default))
        return "250 OK"

    def next(self) -> EmailMessage:
        return self.letters.get(timeout=SECONDS_FOR_A_LETTER)


@contextmanager
def mail_server(mailbox: Mailbox) -> Iterator[int]:
    """Its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    server = Controller(mailbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield port
    finally:
        server.stop()


@contextmanager
def working(documents: Path, **environment: str) -> Iterator[Path]:
    """A worker on the database of the tests and this folder, killed at the end. Gives the file of its log."""
    log = documents.with_name("worker.log")
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    with log.open("ab") as output:
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "worker"],
            cwd=settings.BASE_DIR,
            env={
                **os.environ,
                "DATABASE_URL": urlunsplit(address).replace(":///", "://@/", 1),
                "DOCUMENTS_DIR": str(documents),
                "PYTHONWARNINGS": "ignore",
                **environment,
            },
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield log
    finally:
        worker.kill()
        worker.wait()


def wait_until(condition: Callable[[], bool], *, seconds: float) -> None:
    """Ask four times a second."""
    for _ in range(int(seconds * 4)):
        if condition():
            return
        Event().wait(0.25)
    raise TimeoutError(condition)

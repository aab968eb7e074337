"""A person at the form, as a browser would send what they fill in."""

import re
import time
from unittest import mock
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from simplification import entry
from simplification.models import Submission
from tests.simplification.letters import LETTER

BEGIN = "/simplifier/document/"
TRACKING = "/simplifier/suivi/"
DIFFICULTY = {"kind": "letter", "administration": "", "difficulties": ["words", "deadline"]}
KEY = re.compile(r"<dd>((?:[2-9A-Z]{4}-){6}[2-9A-Z]{2})</dd>")


def opened(seconds_ago: int = 60) -> str:
    """The address of a first screen opened some time ago."""
    with mock.patch("time.time", return_value=time.time() - seconds_ago):
        return f"{BEGIN}?{urlencode({'jeton': entry.new_mark()})}"


def upload(*files: tuple[bytes, str]) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, content) for content, name in files]


def step(token: str, name: str) -> str:
    return f"/simplifier/envoi/{token}/{name}/"


def drafted(client: Client, *files: tuple[bytes, str], text: str = LETTER) -> str:
    """The first screen, filled in and taken. Returns the token."""
    response = client.post(opened(), {"files": upload(*files), "text": text})
    assert response.status_code == 302, response.content.decode()
    return response["Location"].split("/")[3]


def described(client: Client, *files: tuple[bytes, str], text: str = LETTER, **answers: object) -> str:
    """Both screens, taken. Returns the token."""
    token = drafted(client, *files, text=text)
    response = client.post(step(token, "difficulte"), {**DIFFICULTY, **answers})
    assert response["Location"] == step(token, "verifier")
    return token


def sent(client: Client, *files: tuple[bytes, str], **answers: object) -> tuple[Submission, str]:
    """The whole form, sent. Returns the submission and the key that was shown."""
    token = described(client, *files, **answers)
    response = client.post(step(token, "verifier"), follow=True)
    return Submission.objects.get(token=token), key_shown(response)


def key_shown(response: HttpResponse) -> str:
    found = KEY.search(response.content.decode())
    return found[1] if found else ""

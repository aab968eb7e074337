"""What the tests of hard documents lean on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.test import Client

from simplification import storage
from tests.clamd import clamd  # noqa: F401  # a fixture
from tests.s3 import s3_server  # noqa: F401  # a fixture
from tests.simplification.situations import member


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Iterator[Path]:
    """An empty folder of encrypted documents for each test."""
    location = tmp_path / "documents"
    documents = {**settings.STORAGES["documents"], "OPTIONS": {"location": location}}
    settings.STORAGES = {**settings.STORAGES, "documents": documents}
    storage.documents.cache_clear()
    yield location
    storage.documents.cache_clear()


@pytest.fixture
def without_antivirus(settings) -> None:
    """Nothing is scanned."""
    settings.CLAMD_ADDRESS = ""


@pytest.fixture
def person(client: Client) -> AbstractBaseUser:
    """A member of the team, signed in."""
    person = member()
    client.force_login(person)
    return person

"""What the tests of the sign-in lean on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tests.factories import StaffFactory

PASSWORD = "un mot de passe pour les tests"
SIGN_IN = "/gestion/compte/connexion/"
CODE = "/gestion/compte/connexion/code/"
ACTIVATION = "/gestion/compte/double-authentification/activer/"
ADMIN = "/gestion/"


@pytest.fixture(autouse=True)
def quick_hashes(settings: Any) -> None:
    """What makes a guess slow makes the tests slow."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def member(db: None) -> User:
    user = StaffFactory(username="camille", role="rédacteur")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def newcomer(db: None) -> User:
    """Somebody whose account was just made: a password, no second factor yet."""
    user = StaffFactory(username="nadia", role="rédacteur", second_factor=False)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def demonstration(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def move_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Make `timezone.now()` so much later than it was."""
    real = timezone.now
    shift = timedelta()

    def move(**duration: float) -> None:
        nonlocal shift
        shift += timedelta(**duration)

    monkeypatch.setattr(timezone, "now", lambda: real() + shift)
    return move


def enter_password(client: Client, username: str = "camille", password: str = PASSWORD, **more: str):
    return client.post(SIGN_IN, {"login": username, "password": password, **more})

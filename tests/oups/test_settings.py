"""The settings, read by a process of their own: they refuse to start rather than serve unsafely."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

PRODUCTION = {
    "SECRET_KEY": "a-long-secret-of-the-tests-1234567890-abcdefghijklmnop",
    "ALLOWED_HOSTS": "oups.example.fr",
    "DATABASE_URL": "postgresql://user@localhost/oups",
    "SITE_URL": "https://oups.example.fr",
    "PUBLISHER": "Éditeur",
    "HOSTING_PROVIDER": "Hébergeur",
    "CONTACT_EMAIL": "contact@oups.example.fr",
    "DOCUMENT_KEYS": "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtb28=",
    "CLAMD_ADDRESS": "127.0.0.1:3310",
    "DEMO": "false",
    "DEBUG": "false",
    "HTTPS": "true",
}


def manage(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py` with the variables of a production, changed or removed (empty value)."""
    variables = {name: value for name, value in {**PRODUCTION, **changes}.items() if value}
    environment = {"PATH": os.environ["PATH"], "DEMO": "false", "PYTHONWARNINGS": "ignore", **variables}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_a_complete_production_passes_the_deployment_checks():
    result = manage("check", "--deploy", "--fail-level", "WARNING")

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"PUBLISHER": ""}, "PUBLISHER"),
        ({"CONTACT_EMAIL": ""}, "CONTACT_EMAIL"),
        ({"DEBUG": "true"}, "DEBUG"),
        ({"DEMO": "true"}, "DEMO"),
        ({"SECRET_KEY": "court"}, "SECRET_KEY"),
        ({"BRAND": "autre"}, "BRAND"),
        ({"DOCUMENT_KEYS": "une clé mal recopiée"}, "DOCUMENT_KEYS"),
        ({"TRUSTED_PROXIES": "*"}, "TRUSTED_PROXIES"),
    ],
)
def test_an_unsafe_or_unfinished_production_does_not_start(changes, reason):
    result = manage("check", **changes)

    assert result.returncode != 0
    assert reason in result.stderr


def read_settings(variables: dict[str, str], wanted: str = "None") -> subprocess.CompletedProcess[str]:
    """Print a setting. Without the files of this machine, which may hold values of their own."""
    code = "import environs; environs.Env.read_env = lambda *a, **k: False; from oups import settings; "
    return subprocess.run(
        [sys.executable, "-c", f"{code}print({wanted})"],
        cwd=settings.BASE_DIR, env={"PATH": os.environ["PATH"], **variables}, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("absent", [True, False], ids=["absent", "empty"])
@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "DOCUMENT_KEYS", "CLAMD_ADDRESS", "SITE_URL"]
)
def test_a_missing_secret_stops_the_start(name, absent):
    variables = {**PRODUCTION, name: ""}
    if absent:
        del variables[name]

    result = read_settings(variables)

    assert result.returncode != 0
    assert name in result.stderr


@pytest.mark.parametrize("name", ["SECURITY_EMAIL", "SIMPLIFICATION_EMAIL"])
def test_an_address_left_empty_is_that_of_the_contact(name):
    result = read_settings(PRODUCTION | {name: ""}, f"settings.{name}")

    assert result.stdout.strip() == PRODUCTION["CONTACT_EMAIL"], result.stderr

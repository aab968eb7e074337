"""What the demonstration finds on the machine by itself."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import CommandError

from oups import demonstration
from oups.management.commands.demo import watch
from tests.clamd import clamd

__all__ = ["clamd"]


def test_the_antivirus_of_the_settings_is_taken(settings):
    settings.CLAMD_ADDRESS = "clamd.example:3310"

    assert demonstration.antivirus_address() == "clamd.example:3310"


def test_an_antivirus_of_the_machine_is_found(settings, monkeypatch, clamd):
    settings.CLAMD_ADDRESS = ""
    monkeypatch.setattr(demonstration, "LOCAL_ANTIVIRUSES", ["/run/no/such.ctl", clamd.socket_path])

    assert demonstration.antivirus_address() == clamd.socket_path


def test_a_machine_without_antivirus_has_none(settings, monkeypatch):
    settings.CLAMD_ADDRESS = ""
    monkeypatch.setattr(demonstration, "LOCAL_ANTIVIRUSES", ["/run/no/such.ctl"])

    assert demonstration.antivirus_address() == ""


@pytest.mark.parametrize(
    ("command", "is_ours"),
    [
        (["granian", "--workers", "1", demonstration.APPLICATION], True),
        (["python", "manage.py", "worker"], True),
        (["grep", "-r", "worker"], False),
        (["python", "manage.py", "shell"], False),
    ],
)
def test_only_the_servers_of_the_demonstration_are_taken_for_its_leftovers(command, is_ours):
    assert demonstration.is_ours(command) is is_ours


@pytest.mark.parametrize(
    ("server", "worker", "message"),
    [("input()", "", "Le travail de fond"), ("exit(1)", "input()", "Le serveur web")],
)
def test_the_demonstration_says_which_of_its_servers_stopped(server, worker, message):
    with started(server) as web, started(worker) as background, pytest.raises(CommandError, match=message):
        watch(web, background)


@contextmanager
def started(program: str) -> Iterator[subprocess.Popen]:
    """A process, ended at the end: what it waits for on its standard input never comes."""
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()

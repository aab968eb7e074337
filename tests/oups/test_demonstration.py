"""What the demonstration finds on the machine by itself."""

from oups import demonstration
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

"""Whose address a request has, behind a proxy and without one."""

from wsgiref.util import setup_testing_defaults

import pytest

from common import wsgi
from common.rate_limit import network

PROXY = "10.0.0.1"


@pytest.fixture
def network_of(settings, monkeypatch):
    """The network that a request is counted for, as the web server hands it over."""
    answer = lambda self, environ, start: [network(wsgi.Utf8Request(environ)).encode()]  # noqa: E731
    monkeypatch.setattr(wsgi.Utf8Handler, "__call__", answer)

    def ask(sender: str, forwarded: str | None = None, *, trusted: tuple[str, ...] = (PROXY,)) -> str:
        settings.TRUSTED_PROXIES = [*trusted]
        environ = {"REMOTE_ADDR": sender} | ({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {})
        setup_testing_defaults(environ)
        return b"".join(wsgi.application()(environ, lambda status, headers: None)).decode()

    return ask


def test_two_senders_behind_one_proxy_are_two_networks(network_of):
    networks = [network_of(PROXY, "198.51.100.7"), network_of(PROXY, "203.0.113.9")]

    assert networks == ["198.51.100.0/24", "203.0.113.0/24"]


def test_what_the_sender_wrote_before_the_proxy_is_not_believed(network_of):
    assert network_of(PROXY, "203.0.113.9, 198.51.100.7") == "198.51.100.0/24"


def test_the_header_of_a_sender_who_is_no_proxy_is_not_believed(network_of):
    assert network_of("198.51.100.7", "203.0.113.9") == "198.51.100.0/24"


def test_no_proxy_is_trusted_unless_it_is_named(network_of):
    assert network_of(PROXY, "203.0.113.9", trusted=()) == "10.0.0.0/24"


def test_an_address_written_as_ipv6_is_in_its_ipv4_network(network_of):
    assert network_of("::ffff:198.51.100.7") == "198.51.100.0/24"

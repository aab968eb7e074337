"""Reads every request as UTF-8, and as coming from its sender rather than from the proxy in front.

Django decodes a request with the `charset` that its sender names. Some names that Python knows are not encodings of
text (`base64`, `rot13`, `undefined`): the request then fails before any middleware could answer it.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters
from granian.utils.proxies import wrap_wsgi_with_proxy_headers


class Utf8Request(WSGIRequest):
    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class Utf8Handler(WSGIHandler):
    request_class = Utf8Request


def application() -> Callable[..., Any]:
    """What the web server calls. Of `X-Forwarded-For`, only what the trusted proxies wrote themselves is believed."""
    return wrap_wsgi_with_proxy_headers(Utf8Handler(), settings.TRUSTED_PROXIES)

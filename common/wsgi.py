"""Reads every request as UTF-8.

Django decodes a request with the `charset` that its sender names. Some names that Python knows are not encodings of
text (`base64`, `rot13`, `undefined`): the request then fails before any middleware could answer it.
"""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters


class Utf8Request(WSGIRequest):
    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class Utf8Handler(WSGIHandler):
    request_class = Utf8Request

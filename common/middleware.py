"""What every answer of the portal carries, whatever its status."""

import logging
from collections.abc import Callable
from math import ceil

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from common.uploads.limits import LIMITS

logger = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Nothing on our pages uses a device, a sensor or a payment.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in [
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "publickey-credentials-get",
        "screen-wake-lock",
        "usb",
        "xr-spatial-tracking",
    ]
)


class SecurityHeadersMiddleware:
    """The headers that Django does not write, and `no-store` on all that no view declared cacheable."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        # On plain HTTP browsers ignore it (RFC 6797, 8.1): sent always, it does not depend on what a proxy forwards.
        response.headers["Strict-Transport-Security"] = f"max-age={settings.HSTS_SECONDS}; includeSubDomains"
        return response


class BodySizeMiddleware:
    """Refuses, before it is read, a request heavier than a sending with its other fields may be."""

    MAX_SIZE = LIMITS.request_size

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            size = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:  # Django reads no body then
            size = 0
        return HttpResponse(status=413) if size > self.MAX_SIZE else self.get_response(request)


class ErrorPageMiddleware:
    """Gives a page of the site to refusals that carry none, and to a database that refuses a value or is away."""

    PAGES = (405, 413, 429)

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and response.status_code in self.PAGES and not response.content:
            waiting = ceil(int(response.headers.get("Retry-After", "60")) / 60)
            page = render(request, f"{response.status_code}.html", {"minutes": waiting}, status=response.status_code)
            for name in ("Allow", "Retry-After"):
                if name in response.headers:
                    page.headers[name] = response.headers[name]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OperationalError | InterfaceError):
            response = render(request, "503.html", status=503)
            response.headers["Retry-After"] = "60"
            return response
        if isinstance(exception, DataError):
            # Its message may quote what was typed.
            logger.warning("The database holds no such value: %s", request.path)
            return render(request, "400.html", status=400)
        if isinstance(exception, RequestDataTooBig):
            return render(request, "413.html", status=413)
        return None

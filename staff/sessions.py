"""How long a session of the staff lasts: so long without a request, so long in all."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

STARTED = "signed_in_at"
SEEN = "seen_at"
# The last request is noted once a minute: a page does not cost a write.
NOTED_EVERY = 60

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def start(*, request: HttpRequest, **kwargs: Any) -> None:
    """Note when somebody signed in, however they did: the receiver of Django's own signal."""
    request.session[STARTED] = request.session[SEEN] = _now()


def started_at(request: HttpRequest) -> float:
    """When this session was opened, in seconds; long ago when nothing says it."""
    return request.session.get(STARTED, 0.0)


class StaffSessionMiddleware:
    """Ends a session that is over. Acts below the admin's path only: elsewhere no session is ever read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(f"/{settings.ADMIN_PATH}") and request.user.is_authenticated:
            self._end_or_continue(request)
        return self.get_response(request)

    def _end_or_continue(self, request: HttpRequest) -> None:
        now, seen = _now(), request.session.get(SEEN, 0.0)
        if now - seen > settings.STAFF_SESSION_IDLE or now - started_at(request) > settings.STAFF_SESSION_LENGTH:
            logout(request)
            messages.info(request, "Votre session a pris fin. Connectez-vous à nouveau pour continuer.")
        elif now - seen > NOTED_EVERY:
            request.session[SEEN] = now


def _now() -> float:
    return timezone.now().timestamp()

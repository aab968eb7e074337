"""How long a session of the staff lasts: so long without a request, so long in all."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

STARTED = "signed_in_at"
SEEN = "seen_at"
# The last request is noted once a minute: a page does not cost a write.
NOTED_EVERY = 60


def start(*, request: HttpRequest, **kwargs: Any) -> None:
    """Note when somebody signed in, however they did: the receiver of Django's own signal."""
    request.session[STARTED] = request.session[SEEN] = _now()


def started_at(request: HttpRequest) -> float:
    """When this session was opened, in seconds; long ago when nothing says it."""
    return request.session.get(STARTED, 0.0)


def is_over(request: HttpRequest) -> bool:
    now, seen = _now(), request.session.get(SEEN, 0.0)
    return now - seen > settings.STAFF_SESSION_IDLE or now - started_at(request) > settings.STAFF_SESSION_LENGTH


def note_request(request: HttpRequest) -> None:
    now = _now()
    if now - request.session.get(SEEN, 0.0) > NOTED_EVERY:
        request.session[SEEN] = now


def _now() -> float:
    return timezone.now().timestamp()

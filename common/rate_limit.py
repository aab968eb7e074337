"""How many times a network may do something in an hour. No address is kept: a keyed hash of its network is."""

import hmac
import ipaddress
from datetime import timedelta
from hashlib import sha256
from math import ceil

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from common.models import RateLimit

WINDOW = timedelta(hours=1)

COUNT = """
INSERT INTO common_ratelimit (key, hour, times) VALUES (%s, date_trunc('hour', now()), 1)
ON CONFLICT (key, hour) DO UPDATE SET times = common_ratelimit.times + 1 RETURNING times
"""


def allows(request: HttpRequest, action: str, *, limit: int) -> bool:
    """Count one more `action` of the sender's network; false beyond `limit` in the current hour."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"{action} {network(request)}".encode(), sha256).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [digest])
        return cursor.fetchone()[0] <= limit


def refusal() -> HttpResponse:
    """What is answered beyond the limit: the middleware gives it a page, which says how long to wait."""
    now = timezone.now()
    next_window = now.replace(minute=0, second=0, microsecond=0) + WINDOW
    return HttpResponse(status=429, headers={"Retry-After": str(ceil((next_window - now).total_seconds()))})


def forget() -> int:
    """Drop what no longer counts. Returns how many rows went."""
    return RateLimit.objects.filter(hour__lt=timezone.now() - 2 * WINDOW).delete()[0]


def network(request: HttpRequest) -> str:
    """The sender's /24 in IPv4, /56 in IPv6: what one household or office holds."""
    try:
        address = ipaddress.ip_address(request.META["REMOTE_ADDR"])
    except (KeyError, ValueError):  # a socket has no address
        return ""
    # A server that listens on IPv6 writes the senders of IPv4 as ::ffff:198.51.100.7, which are all of one /56.
    address = getattr(address, "ipv4_mapped", None) or address
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 56), strict=False))

"""Knocks at the addresses that the catalogue gives, politely, and keeps what was found.

Polite: one request at a time for a site, a pause between two, HEAD before GET, a name that says who asks. Sites are
visited side by side, so that a slow one holds nobody up.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlsplit

import urllib3
from django.conf import settings
from django.utils import timezone

from errors_catalog.models import LinkCheck

Outcome = LinkCheck.Outcome

SITES_AT_ONCE = 8
PAUSE = 1.0  # seconds between two requests to one site
TIMEOUT = urllib3.Timeout(connect=5, read=10)
MAX_REDIRECTS = 5
PERMANENT = {301, 308}
REFUSED = {401, 403, 429}
HEAD_NOT_SERVED = {400, 403, 404, 405, 501}  # sites that answer HEAD badly are asked again with GET


def due(urls: Iterable[str], *, older_than: timedelta) -> list[str]:
    """Those never checked, then those checked longest ago."""
    last = dict(LinkCheck.objects.values_list("url", "checked_at"))
    limit = timezone.now() - older_than
    waiting = [url for url in urls if url not in last or last[url] < limit]
    return sorted(waiting, key=lambda url: (url in last, last.get(url, limit), url))


def check(urls: Iterable[str], *, pause: float = PAUSE) -> list[LinkCheck]:
    """Visit each address and store what was found."""
    by_site: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        by_site[urlsplit(url).netloc].append(url)
    pool = urllib3.PoolManager(headers={"User-Agent": f"OupsLinkCheck (+{settings.SITE_URL})"}, timeout=TIMEOUT)
    with ThreadPoolExecutor(SITES_AT_ONCE) as threads:
        visits = threads.map(lambda site: list(_visit_site(pool, site, pause)), by_site.values())
        found = [visit for site in visits for visit in site]
    LinkCheck.objects.bulk_create(
        found, update_conflicts=True, unique_fields=["url"], update_fields=["outcome", "detail", "checked_at"]
    )
    return found


def _visit_site(pool: urllib3.PoolManager, urls: list[str], pause: float) -> Iterator[LinkCheck]:
    for position, url in enumerate(urls):
        if position:
            time.sleep(pause)
        outcome, detail = _visit(pool, url)
        yield LinkCheck(url=url, outcome=outcome, detail=detail[:300], checked_at=timezone.now())


def _visit(pool: urllib3.PoolManager, url: str) -> tuple[Outcome, str]:
    try:
        response = _request(pool, "HEAD", url)
        if response.status in HEAD_NOT_SERVED:
            response = _request(pool, "GET", url)
    except urllib3.exceptions.HTTPError as error:
        return Outcome.UNREACHABLE, type(error).__name__
    if response.status in REFUSED:
        return Outcome.REFUSED, f"HTTP {response.status}"
    if response.status >= 500:
        return Outcome.UNREACHABLE, f"HTTP {response.status}"
    if response.status >= 400:
        return Outcome.BROKEN, f"HTTP {response.status}"
    hops = response.retries.history if response.retries else ()
    if hops and all(hop.status in PERMANENT for hop in hops):
        return Outcome.MOVED, response.geturl() or ""
    return Outcome.WORKS, f"HTTP {response.status}"


def _request(pool: urllib3.PoolManager, method: str, url: str) -> urllib3.BaseHTTPResponse:
    """One request, its body left unread. Raises `urllib3.exceptions.HTTPError`."""
    retries = urllib3.Retry(total=MAX_REDIRECTS, connect=1, read=0, status=0, redirect=MAX_REDIRECTS)
    response = pool.request(method, url, retries=retries, preload_content=False)
    response.close()
    return response

"""How a public page is served."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

# Fresh for a minute, then served stale while a cache asks again: a change is seen after five minutes at the latest.
PUBLIC_CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=240"

View = Callable[..., HttpResponseBase]


def public_page(view: View) -> View:
    """Mark a page that is the same for everyone: GET and HEAD only, no cookie, kept by any HTTP cache."""

    @csrf_exempt  # a POST is answered 405, not 403: there is nothing here to forge
    @require_safe
    @wraps(view)
    def cacheable(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code in (200, 301):
            response.headers.setdefault("Cache-Control", PUBLIC_CACHE_CONTROL)
        return response

    return cacheable

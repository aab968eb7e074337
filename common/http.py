"""How the pages of the public are served."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

# Fresh for a minute, then served stale while a cache asks again: a change is seen after five minutes at the latest.
PUBLIC_CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=240"

View = Callable[..., HttpResponseBase]

# Mark a page that asks something: GET shows it, POST answers it. No cache keeps it, as all that is not a public page.
form_page = require_http_methods(["GET", "HEAD", "POST"])


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


def ask(request: HttpRequest, template: str, form: BaseForm, **context: Any) -> TemplateResponse:
    """The page of a form: with what was wrong, and 422, when it has been answered."""
    return TemplateResponse(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)

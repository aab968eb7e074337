"""Public pages of the service that rewrites hard documents."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from common.http import public_page


@public_page
def introduction(request: HttpRequest) -> HttpResponse:
    """What the service does and does not do, what to mask, and where to send a document."""
    return TemplateResponse(request, "simplification/introduction.html", {"email": settings.SIMPLIFICATION_EMAIL})

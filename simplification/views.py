"""Public pages of the service that rewrites hard documents: the same for everyone, without a cookie."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from common.http import public_page
from simplification.figures import FEWEST, figures
from simplification.models import Rewriting


@public_page
def introduction(request: HttpRequest) -> HttpResponse:
    """What the service does and does not do, what to mask, what happens next."""
    return TemplateResponse(request, "simplification/introduction.html")


@public_page
def results(request: HttpRequest) -> HttpResponse:
    """What became of the documents received."""
    return TemplateResponse(request, "simplification/results.html", {"figures": figures(), "fewest": FEWEST})


@public_page
def gallery(request: HttpRequest) -> HttpResponse:
    rewritings = Rewriting.objects.public().select_related("administration")
    return TemplateResponse(request, "simplification/gallery.html", {"rewritings": rewritings})


@public_page
def rewriting(request: HttpRequest, slug: str) -> HttpResponse:
    """A document before and after, and why."""
    found = get_object_or_404(Rewriting.objects.public().select_related("administration"), slug=slug)
    return TemplateResponse(request, "simplification/rewriting.html", {"rewriting": found})

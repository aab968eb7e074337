"""Home, the page of the law, legal pages, health checks and error pages."""

from datetime import date

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from common.http import public_page
from errors_catalog.counts import life_events_with_counts
from errors_catalog.models import Administration, FrequentError, LegalReference

EXAMPLE_SEARCHES = [
    "j'ai oublié de déclarer mon déménagement",
    "trop-perçu Caf",
    "erreur dans ma déclaration de revenus",
    "actualisation France Travail oubliée",
    "facture sans mention obligatoire",
]
RECENTLY_CHECKED = 5

# The articles that the page of the law explains, in the order of the page.
ARTICLES_OF_THE_RIGHT = [
    "crpa-l123-1",
    "crpa-l123-2",
    "crpa-l124-1",
    "crpa-l124-2",
    "crpa-l100-1",
    "crpa-l100-3",
    "crpa-d312-11",
]

# At most one year ahead (RFC 9116); a test fails thirty days before.
SECURITY_TXT_EXPIRES = date(2027, 11, 1)


@public_page
def home(request: HttpRequest) -> HttpResponse:
    errors = FrequentError.objects.public()
    context = {
        "life_events": life_events_with_counts(),
        "error_count": errors.count(),
        "recently_checked": errors.for_cards().order_by("-checked_on", "slug")[:RECENTLY_CHECKED],
        "example_searches": EXAMPLE_SEARCHES,
    }
    return TemplateResponse(request, "pages/home.html", context)


@public_page
def right_to_error(request: HttpRequest) -> HttpResponse:
    references = LegalReference.objects.in_bulk(ARTICLES_OF_THE_RIGHT, field_name="slug")
    articles = [references[slug] for slug in ARTICLES_OF_THE_RIGHT if slug in references]
    return TemplateResponse(request, "pages/right_to_error.html", {"articles": articles})


@public_page
def site_map(request: HttpRequest) -> HttpResponse:
    context = {"life_events": life_events_with_counts(), "administrations": Administration.objects.all()}
    return TemplateResponse(request, "pages/site_map.html", context)


@public_page
def legal_notice(request: HttpRequest) -> HttpResponse:
    context = {"publisher": settings.PUBLISHER, "hosting_provider": settings.HOSTING_PROVIDER}
    return TemplateResponse(request, "pages/legal_notice.html", context)


@public_page
def personal_data(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "pages/personal_data.html", {"publisher": settings.PUBLISHER})


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "pages/accessibility.html", {"publisher": settings.PUBLISHER})


@public_page
def ecodesign(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "pages/ecodesign.html")


@public_page
def open_data(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "pages/open_data.html")


@public_page
def contact(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "pages/contact.html")


@public_page
def robots_txt(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


@public_page
def security_txt(request: HttpRequest) -> HttpResponse:
    context = {"email": settings.SECURITY_EMAIL, "expires": SECURITY_TXT_EXPIRES}
    return render(request, "security.txt", context, content_type="text/plain; charset=utf-8")


@public_page
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it by themselves on pages that name no icon, such as the admin's."""
    icon = "dsfr/favicon.ico" if settings.BRAND == "etat" else "img/favicon.svg"
    return HttpResponsePermanentRedirect(static(icon))


@csrf_exempt
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@csrf_exempt
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The process can read the database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return HttpResponse("base de données injoignable\n", content_type="text/plain; charset=utf-8", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return render(request, f"{status}.html", status=status)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)

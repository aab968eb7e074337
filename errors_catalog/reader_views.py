"""What a reader says of an entry, on a page of its own: the entry stays the same for everyone, without a cookie."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from common import rate_limit
from common.http import ask, form_page, public_page
from errors_catalog.forms import OpinionForm
from errors_catalog.models import FrequentError, ReaderMessage
from errors_catalog.services import readers

OPINIONS_AN_HOUR = 30  # from one network
# What the links of an entry choose beforehand: parameters are public addresses, in French, never renamed.
CHOSEN: dict[str, dict[str, str]] = {
    "reponse": {"oui": ReaderMessage.Kind.HELPFUL, "non": ReaderMessage.Kind.UNHELPFUL},
    "motif": {"information-fausse": ReaderMessage.Reason.WRONG},
}


@form_page
def opinion(request: HttpRequest, slug: str) -> HttpResponse:
    """« Cette page vous a-t-elle aidé ? » A form opened before its entry moved is still taken."""
    error = _public_error(slug)
    chosen = {name: value for name in CHOSEN if (value := request.GET.get(name, "")) in CHOSEN[name]}
    if error.slug != slug and request.method != "POST":
        address = reverse("errors_catalog:opinion", args=[error.slug])
        return redirect(f"{address}?{urlencode(chosen)}" if chosen else address, permanent=True)
    form = OpinionForm(request.POST if request.method == "POST" else None, initial=_initial(chosen))
    if form.is_valid():
        if not rate_limit.allows(request, "opinion", limit=OPINIONS_AN_HOUR):
            return rate_limit.refusal()
        if not form.is_trapped:
            names = ("kind", "reasons", "text", "email")
            readers.record_opinion(error, **{name: form.cleaned_data[name] for name in names})
        return redirect("errors_catalog:opinion_received", error.slug)
    return ask(request, "errors_catalog/opinion.html", form, error=error)


@public_page
def opinion_received(request: HttpRequest, slug: str) -> HttpResponse:
    error = _public_error(slug)
    if error.slug != slug:
        return redirect("errors_catalog:opinion_received", error.slug, permanent=True)
    return TemplateResponse(request, "errors_catalog/opinion_received.html", {"error": error})


def _public_error(slug: str) -> FrequentError:
    """The public entry at this address, present or former. Raises `Http404`."""
    errors = FrequentError.objects.public().select_related("administration")
    return errors.filter(slug=slug).first() or get_object_or_404(errors, former_addresses__slug=slug)


def _initial(chosen: dict[str, str]) -> dict[str, Any]:
    values = {name: CHOSEN[name][value] for name, value in chosen.items()}
    return {"kind": values.get("reponse"), "reasons": [values["motif"]] if "motif" in values else []}

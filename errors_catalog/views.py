"""Public pages of the catalogue."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from common.http import public_page
from common.models import Audience
from errors_catalog import counts, structured_data
from errors_catalog import preview as previews
from errors_catalog.content import DoesNotFit, shown_as
from errors_catalog.models import Administration, FrequentError
from life_events.models import LifeEvent

NEIGHBOURS = 3

Key = TypeVar("Key", bound=Hashable)


@public_page
def error_detail(request: HttpRequest, slug: str) -> HttpResponse:
    error = FrequentError.objects.public().with_details().filter(slug=slug).first()
    return entry_page(request, error) if error else without_entry(request, slug)


def entry_page(request: HttpRequest, error: FrequentError, **extra: object) -> TemplateResponse:
    channels = error.administration.channels.all()
    context = {
        "error": error,
        "channels": channels,
        "first_channel": next(iter(channels), None),
        "first_deadline": next(iter(error.deadlines.all()), None),
        "structured_data": structured_data.of_error(error),
        **extra,
    }
    return TemplateResponse(request, "errors_catalog/error_detail.html", context)


def without_entry(request: HttpRequest, slug: str) -> HttpResponse:
    """An address once published leads to its entry for ever, or says that its rule is no more.

    Raises `Http404` for one that never was.
    """
    if error := FrequentError.objects.public().filter(former_addresses__slug=slug).first():
        return redirect(error, permanent=True)
    error = FrequentError.objects.gone_from(slug).with_life_events().first()
    if error is None:
        raise Http404
    context = {"life_events": error.ordered_life_events}
    return TemplateResponse(request, "errors_catalog/error_archived.html", context, status=410)


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """A draft, a proposal or a past version, as its page would be: for whoever was given the address."""
    asked = previews.read(token)
    if asked is None:
        return TemplateResponse(request, "errors_catalog/preview_ended.html", status=404)
    try:
        with shown_as(asked.error, asked.content) as error:
            return entry_page(request, error, preview_until=asked.until).render()
    except DoesNotFit as refusal:
        return TemplateResponse(request, "errors_catalog/preview_ended.html", {"reason": str(refusal)}, status=404)


def audience_page(request: HttpRequest, audience: Audience, template: str) -> HttpResponse:
    events = counts.life_events_with_counts().filter(audience=audience)
    return TemplateResponse(request, template, {"life_events": events})


@public_page
def private_persons(request: HttpRequest) -> HttpResponse:
    return audience_page(request, Audience.PRIVATE, "errors_catalog/private_persons.html")


@public_page
def professionals(request: HttpRequest) -> HttpResponse:
    return audience_page(request, Audience.PROFESSIONAL, "errors_catalog/professionals.html")


@public_page
def life_event(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(LifeEvent, slug=slug)
    errors = list(FrequentError.objects.public().for_cards().for_life_event(slug))
    elsewhere = Counter(other for error in errors for other in error.ordered_life_events if other != event)
    context = {
        "life_event": event,
        "error_count": len(errors),
        "groups": grouped(errors, lambda error: error.administration),
        "neighbours": [other for other, _ in elsewhere.most_common(NEIGHBOURS)],
    }
    return TemplateResponse(request, "errors_catalog/life_event.html", context)


@public_page
def administration_list(request: HttpRequest) -> HttpResponse:
    context = {"administrations": counts.administrations_with_counts()}
    return TemplateResponse(request, "errors_catalog/administration_list.html", context)


@public_page
def administration(request: HttpRequest, slug: str) -> HttpResponse:
    body = get_object_or_404(Administration.objects.with_channels(), slug=slug)
    errors = list(FrequentError.objects.public().for_cards().for_administration(slug))
    context = {
        "administration": body,
        "error_count": len(errors),
        "groups": grouped(errors, lambda error: error.ordered_life_events[0]),
    }
    return TemplateResponse(request, "errors_catalog/administration.html", context)


def grouped(
    errors: Iterable[FrequentError], key: Callable[[FrequentError], Key]
) -> list[tuple[Key, list[FrequentError]]]:
    """Errors by key, the largest group first; inside a group, in the order they came."""
    groups: dict[Key, list[FrequentError]] = {}
    for error in errors:
        groups.setdefault(key(error), []).append(error)
    return sorted(groups.items(), key=lambda group: -len(group[1]))

"""The list of errors, searched and filtered: as a page, as data, as a feed. One query string for all."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from common import rate_limit
from common.http import ask, form_page, public_page
from errors_catalog import counts, structured_data
from errors_catalog.filters import FrequentErrorFilter
from errors_catalog.forms import MissingErrorForm
from errors_catalog.models import FrequentError
from errors_catalog.search import highlight, log, suggest
from errors_catalog.search.normalise import readable
from errors_catalog.services import readers

PAGE_SIZE = 20
REPORTS_AN_HOUR = 10  # from one network


def filtered(request: HttpRequest) -> tuple[FrequentErrorFilter, Page]:
    """The errors that an address asks for, and the page of them that it names."""
    filters = FrequentErrorFilter(request.GET, queryset=FrequentError.objects.public().for_cards())
    return filters, Paginator(filters.qs, PAGE_SIZE).get_page(request.GET.get("page"))


@public_page
def error_list(request: HttpRequest) -> HttpResponse:
    """List, search and filter: one page, one address to share."""
    filters, page = filtered(request)
    context = {
        "filters": filters,
        "page": page,
        "page_range": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "words": filters.words,
    }
    if filters.words:
        texts = [text for error in page for text in (error.title, error.summary)]
        context["marked"] = highlight.matching_words(texts, filters.answer.lexemes)
        if page.number == 1:
            _record(filters, page)
    if not page.paginator.count:
        context["life_events"] = counts.life_events_with_counts()
    return TemplateResponse(request, "errors_catalog/error_list.html", context)


@public_page
def error_list_json(request: HttpRequest) -> HttpResponse:
    """The list as data: same parameters, same order, same pages as the page."""
    filters, page = filtered(request)
    facets = {facet.name: {choice.value: choice.count for choice in facet.choices} for facet in filters.facets}
    return JsonResponse(
        {
            "count": page.paginator.count,
            "page": page.number,
            "pages": page.paginator.num_pages,
            "facets": facets,
            "results": [structured_data.summary_of_error(error) for error in page],
        },
        json_dumps_params={"ensure_ascii": False},
    )


@public_page
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the search field offers while one types."""
    return JsonResponse({"suggestions": suggest.suggestions(request.GET.get("q", ""))})


@form_page
def missing_error(request: HttpRequest) -> HttpResponse:
    """Tell the editors what the catalogue lacks."""
    form = MissingErrorForm(request.POST or None, initial={"query": readable(request.GET.get("q", ""))})
    if request.method == "POST" and form.is_valid():
        if not rate_limit.allows(request, "missing_error", limit=REPORTS_AN_HOUR):
            return rate_limit.refusal()
        if not form.is_trapped:
            readers.report_missing_error(form.cleaned_data["text"], query=form.cleaned_data["query"])
        return redirect("errors_catalog:missing_error_received")
    return ask(request, "errors_catalog/missing_error.html", form)


@public_page
def missing_error_received(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "errors_catalog/missing_error_received.html")


def _record(filters: FrequentErrorFilter, page: Page) -> None:
    log.record(
        filters.words,
        audience=filters.form.cleaned_data.get("public", ""),
        results=page.paginator.count,
        confidence=filters.answer.confidence,
        first=page[0].slug if page else "",
    )

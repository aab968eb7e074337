"""Filters of our templates: Markdown, French plurals, query strings."""

import re

from django import template
from django.http import QueryDict
from django.utils.safestring import SafeString

from common import markdown as markdown_renderer
from common.uploads.limits import MEGABYTE

register = template.Library()


@register.filter
def markdown(source: str) -> SafeString:
    """The text of an editor as HTML."""
    return markdown_renderer.render(source)


@register.filter
def plural_fr(count: int, ending: str = "s") -> str:
    """The ending of a French plural, which starts at two: « 0 erreur », « 1 erreur », « 2 erreurs »."""
    return ending if abs(count) >= 2 else ""


@register.filter
def french(text: str) -> str:
    """The text with the no-break spaces of French typography, which nobody types in code."""
    return re.sub(r" (?=[:;?!»])|(?<=«) |(?<=\d) (?=\d{3}\b)", "\N{NO-BREAK SPACE}", str(text))


@register.filter
def file_size(size: int) -> str:
    """A size in bytes as French readers know it: « 340 Ko », « 1,2 Mo », « 10 Mo »."""
    if size < MEGABYTE:
        return f"{max(1, round(size / 1024))}\N{NO-BREAK SPACE}Ko"
    return f"{size / MEGABYTE:.1f}".removesuffix(".0").replace(".", ",") + "\N{NO-BREAK SPACE}Mo"


@register.simple_tag(takes_context=True)
def page_address(context: template.Context, number: int) -> str:
    """The query string of another page of the same list; starts with `?`."""
    query = _query(context)
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def with_parameter(context: template.Context, name: str, value: str) -> str:
    """The query string of the same list with one more parameter, from its first page."""
    query = _query(context)
    query[name] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def without_parameter(context: template.Context, name: str) -> str:
    """The query string of the same list with one filter removed, from its first page."""
    query = _query(context)
    query.pop(name, None)
    return f"?{query.urlencode()}"


def _query(context: template.Context) -> QueryDict:
    """The parameters of the address, without the empty ones that a form sends, nor the page."""
    query = QueryDict(mutable=True)
    for name, value in context["request"].GET.items():
        if value and name != "page":
            query[name] = value
    return query

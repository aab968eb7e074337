"""Filters of our templates: Markdown, French plurals, query strings."""

from django import template
from django.http import QueryDict
from django.utils.safestring import SafeString

from common import markdown as markdown_renderer

register = template.Library()


@register.filter
def markdown(source: str) -> SafeString:
    """The text of an editor as HTML."""
    return markdown_renderer.render(source)


@register.filter
def plural_fr(count: int, ending: str = "s") -> str:
    """The ending of a French plural, which starts at two: « 0 erreur », « 1 erreur », « 2 erreurs »."""
    return ending if abs(count) >= 2 else ""


@register.simple_tag(takes_context=True)
def query_string(context: template.Context, **changes: object) -> str:
    """The address's query string with some parameters changed, or removed when the value is empty; starts with `?`."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"

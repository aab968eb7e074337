"""Markdown of the editors to HTML: the one place of the code base that calls `mark_safe`."""

import re

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

ALLOWED_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a", "br"}
_markdown = MarkdownIt("commonmark", {"html": False})


def render(source: str) -> SafeString:
    """Return `source` as sanitised HTML: paragraphs, lists, bold, links over HTTPS, e-mail or telephone.

    Headings and images are dropped: the page's own template gives its structure.
    """
    html = _markdown.render(source)
    clean = nh3.clean(
        html,
        tags=ALLOWED_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"https", "mailto", "tel"},
        link_rel=None,
    )
    return mark_safe(clean)  # noqa: S308


def plain_text(source: str) -> str:
    """Return `source` without its marks, on one line: for descriptions and structured data."""
    text = re.sub(r"\[([^]]*)]\([^)]*\)", r"\1", source)
    text = re.sub(r"^\s*(?:\d+\.|[-*])\s+", "", text, flags=re.MULTILINE)
    return " ".join(text.replace("**", "").split())


def list_items(source: str) -> list[str]:
    """The items of a numbered list, as plain text: the steps of a correction."""
    return [plain_text(step) for step in re.split(r"^\d+\.\s+", source, flags=re.MULTILINE) if step.strip()]

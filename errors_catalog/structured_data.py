"""Entries as data: schema.org on their page, rows of the open data in lists. Only what the pages themselves say."""

import json

from django.conf import settings

from common.markdown import list_items
from errors_catalog.models import FrequentError

# A JSON document inside a <script> element must not close it, nor open a comment.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def of_error(error: FrequentError) -> str:
    """The entry as a `HowTo`: its steps are the correction's. JSON, escaped for a `<script>` element."""
    data = {
        "@context": "https://schema.org",
        "@type": "HowTo",
        "name": error.title,
        "description": error.summary,
        "inLanguage": "fr",
        "url": f"{settings.SITE_URL}{error.get_absolute_url()}",
        "dateModified": error.checked_on.isoformat() if error.checked_on else None,
        "step": [
            {"@type": "HowToStep", "position": position, "text": text}
            for position, text in enumerate(list_items(error.correction), start=1)
        ],
    }
    return json.dumps(data, ensure_ascii=False).translate(ESCAPES)


def summary_of_error(error: FrequentError) -> dict[str, object]:
    """The entry in a list of the open data; its address leads to the whole of it."""
    return {
        "slug": error.slug,
        "url": f"{settings.SITE_URL}{error.get_absolute_url()}",
        "title": error.title,
        "summary": error.summary,
        "audience": error.audience,
        "administration": error.administration.slug,
        "life_events": [event.slug for event in error.ordered_life_events],
        "right_to_error": error.right_to_error,
        "keywords": error.keywords,
        "checked_on": error.checked_on.isoformat() if error.checked_on else None,
    }

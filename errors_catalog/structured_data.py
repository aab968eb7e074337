"""schema.org data of an entry: only what the page itself says."""

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

"""Shows, in a title or a summary, the words that the search found: those typed, repaired, or tried in their place."""

import re
from collections.abc import Iterable

from django.db import connection
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from errors_catalog.search.normalise import normalised

WORD = re.compile(r"[^\W_]+")


def matching_words(texts: Iterable[str], lexemes: frozenset[str]) -> frozenset[str]:
    """The words of the texts, as they are written there, whose stem is among the lexemes. One query."""
    words = {word for text in texts for word in WORD.findall(text)}
    if not words or not lexemes:
        return frozenset()
    plain = {word: normalised(word) for word in words}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT form FROM unnest(%s::text[]) AS form WHERE public.oups_stems(form) && %s::text[]",
            [sorted(set(plain.values())), sorted(lexemes)],
        )
        matching = {form for (form,) in cursor}
    return frozenset(word for word in words if plain[word] in matching)


def highlighted(text: str, words: frozenset[str]) -> SafeString:
    """The text as HTML, escaped, each of the words in `<mark>`."""
    parts: list[str] = []
    end = 0
    for found in WORD.finditer(text):
        if found.group() in words:
            parts += [text[end : found.start()], format_html("<mark>{}</mark>", found.group())]
            end = found.end()
    return format_html_join("", "{}", ((part,) for part in [*parts, text[end:]]))

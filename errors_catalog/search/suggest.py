"""Completes what is being typed with titles and keywords of the catalogue, never with what others typed."""

from django.db import connection

from errors_catalog.search.normalise import normalised, readable

SHORTEST = 2
MOST = 8
SHORTEST_MISSPELT = 4
LIKE = 0.45  # likeness from which a misspelt beginning is understood; at PostgreSQL's .6, « pasport » finds nothing

CONTAINING = """
SELECT min(text) FROM errors_catalog_searchwording WHERE normalised LIKE %(contains)s GROUP BY normalised
ORDER BY starts_with(normalised, %(typed)s) DESC, strpos(' ' || normalised, ' ' || %(typed)s) > 0 DESC,
    length(normalised), normalised LIMIT %(most)s
"""
MISSPELT = """
SELECT min(text) FROM errors_catalog_searchwording WHERE %(typed)s <%% normalised GROUP BY normalised
ORDER BY word_similarity(%(typed)s, normalised) DESC, length(normalised), normalised LIMIT %(most)s
"""


def suggestions(typed: str) -> list[str]:
    """Eight wordings at most, the nearest first; none under two characters."""
    plain = normalised(readable(typed))
    if len(plain) < SHORTEST:
        return []
    parameters: dict[str, str | int] = {"typed": plain, "contains": f"%{plain}%", "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(CONTAINING, parameters)
        found = [text for (text,) in cursor]
        if len(found) < MOST and len(plain) >= SHORTEST_MISSPELT:  # it reads all: only when it is needed
            cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, false)", [str(LIKE)])
            cursor.execute(MISSPELT, parameters)
            found += [text for (text,) in cursor if text not in found]
    return found[:MOST]

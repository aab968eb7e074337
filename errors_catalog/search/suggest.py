"""Completes what is being typed with titles and keywords of the catalogue, never with what others typed."""

from django.db import connection

from errors_catalog.search.normalise import normalised, readable

SHORTEST = 2
MOST = 8
LIKE = 0.45  # likeness from which a misspelt beginning is understood; at PostgreSQL's .6, « pasport » finds nothing

SQL = """
SELECT min(text) FROM errors_catalog_searchwording
WHERE normalised LIKE %(contains)s OR %(typed)s <%% normalised
GROUP BY normalised
ORDER BY CASE WHEN starts_with(normalised, %(typed)s) THEN 2
    WHEN strpos(' ' || normalised, ' ' || %(typed)s) > 0 THEN 1.5
    ELSE word_similarity(%(typed)s, normalised) END DESC, length(normalised), normalised LIMIT %(most)s
"""


def suggestions(typed: str) -> list[str]:
    """Eight wordings at most, the nearest first; none under two characters."""
    plain = normalised(readable(typed))
    if len(plain) < SHORTEST:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, false)", [str(LIKE)])
        cursor.execute(SQL, {"typed": plain, "contains": f"%{plain}%", "most": MOST})
        return [text for (text,) in cursor]

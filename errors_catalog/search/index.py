"""What the search reads, derived from the public catalogue and from the editors' synonyms: rebuilt whole, at once.

Readers see the former index until the new one is committed. The weights are those of BM25F over four fields: title,
keywords and names of the administration, summary, and the rest.
"""

from collections.abc import Iterator
from importlib import import_module

from django.conf import settings
from django.db import connection, transaction

from errors_catalog.models import (
    Administration,
    FrequentError,
    SearchLexeme,
    SearchPosting,
    SearchSynonym,
    SearchWord,
    SearchWording,
    Synonym,
)
from errors_catalog.search import MAX_STEMS, MEANING, french
from errors_catalog.search.normalise import normalised, telling

SAME, FAMILY, TOWARD = 0.95, 0.9, 0.8

# Two at once would deadlock; the second waits. The number only has to differ from other advisory locks.
LOCK = "SELECT pg_advisory_xact_lock(7205)"
TIME_LIMIT = "SELECT set_config('statement_timeout', %s, true)"

TEXTS = """
CREATE TEMPORARY TABLE search_text ON COMMIT DROP AS
SELECT error.id, field.*
FROM errors_catalog_frequenterror AS error
JOIN errors_catalog_administration AS body ON body.id = error.administration_id
CROSS JOIN LATERAL (VALUES
    ('title', error.title),
    ('keywords', array_to_string(error.keywords || body.short_name::varchar || body.former_names, ' . ')),
    ('summary', error.summary),
    ('body', concat_ws(' . ',
        error.situation, error.sanction, error.repayment, error.correction, error.prevention, body.name,
        (SELECT string_agg(other.name, ' . ') FROM errors_catalog_frequenterror_other_administrations AS link
            JOIN errors_catalog_administration AS other ON other.id = link.administration_id
            WHERE link.frequenterror_id = error.id),
        (SELECT string_agg(event.name, ' . ') FROM errors_catalog_errorlifeevent AS link
            JOIN life_events_lifeevent AS event ON event.id = link.life_event_id WHERE link.error_id = error.id)))
) AS field (name, content)
WHERE error.id = ANY(%s)
"""

POSTINGS = """
CREATE TEMPORARY TABLE search_term ON COMMIT DROP AS
SELECT id, lexeme,
    coalesce(sum(n) FILTER (WHERE name = 'title'), 0)::float AS title,
    coalesce(sum(n) FILTER (WHERE name = 'keywords'), 0)::float AS keywords,
    coalesce(sum(n) FILTER (WHERE name = 'summary'), 0)::float AS summary,
    coalesce(sum(n) FILTER (WHERE name = 'body'), 0)::float AS body
FROM (
    SELECT id, name, lexeme, cardinality(positions) AS n FROM search_text, unnest(public.oups_vector(content))
) AS found
GROUP BY id, lexeme;

INSERT INTO errors_catalog_searchposting (lexeme, error_id, weight, in_head)
SELECT lexeme, id,
    6 * n.title / (.25 + .75 * length.title / mean.title) + 6 * n.keywords / (.5 + .5 * length.keywords / mean.keywords)
    + 4 * n.summary / (.5 + .5 * length.summary / mean.summary) + n.body / (.25 + .75 * length.body / mean.body),
    n.title + n.keywords + n.summary > 0
FROM search_term AS n
JOIN (SELECT id, sum(title), sum(keywords), sum(summary), sum(body) FROM search_term GROUP BY id)
    AS length (id, title, keywords, summary, body) USING (id)
CROSS JOIN (
    SELECT greatest(sum(title) / count(DISTINCT id), 1), greatest(sum(keywords) / count(DISTINCT id), 1),
        greatest(sum(summary) / count(DISTINCT id), 1), greatest(sum(body) / count(DISTINCT id), 1)
    FROM search_term
) AS mean (title, keywords, summary, body)
ORDER BY lexeme, id;  -- those of a stem stand together on the disk

INSERT INTO errors_catalog_searchlexeme (lexeme, entries, idf)
SELECT lexeme, count(*),
    -- Counted once. In FROM the entries were counted again for each posting, which took hours, when the planner
    -- believed that there was none, as it does once it has looked at the empty table.
    ln(1 + ((SELECT count(DISTINCT id) FROM search_term) - count(*) + .5) / (count(*) + .5))
FROM errors_catalog_searchposting GROUP BY lexeme;
"""

WORDS = """
INSERT INTO errors_catalog_searchword (word, lexeme, entries)
SELECT word, stems[1], ndoc
FROM ts_stat($$
    SELECT to_tsvector('public.oups_words', string_agg(content, ' . ')) FROM search_text GROUP BY id
$$), public.oups_stems(word) AS stems
WHERE word ~ '^[a-z0-9]+$' AND cardinality(stems) > 0;
"""


@transaction.atomic
def rebuild() -> int:
    """Write every derived table again. Returns the number of entries that can be found."""
    public = list(FrequentError.objects.public().values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        [[limit]] = cursor.fetchall()
        cursor.execute(TIME_LIMIT, ["0"])  # ten thousand entries take longer than a page may
        cursor.execute(LOCK)
        for model in (SearchPosting, SearchLexeme, SearchWord, SearchWording):
            model.objects.all().delete()
        cursor.execute("DROP TABLE IF EXISTS search_text, search_term")
        cursor.execute(TEXTS, [public])
        cursor.execute(POSTINGS)
        cursor.execute(WORDS)
    write_synonyms()
    _write_wordings()
    if settings.SEARCH_BY_MEANING:
        import_module(MEANING).index()
    with connection.cursor() as cursor:
        for filled in (SearchPosting, SearchLexeme, SearchWord, SearchSynonym, SearchWording):
            cursor.execute(f"ANALYZE {filled._meta.db_table}")
        cursor.execute(TIME_LIMIT, [limit])
    return len(public)


def _wordings() -> Iterator[tuple[str, str, float]]:
    """(what is typed, what to try in its place, weight): synonyms of the editors, old names, word families."""
    for synonym in Synonym.objects.all():
        both_ways = synonym.kind == Synonym.Kind.SAME
        for equivalent in synonym.equivalents:
            yield synonym.term, equivalent, SAME if both_ways else TOWARD
            if both_ways:
                yield equivalent, synonym.term, SAME
    for body in Administration.objects.all():
        names = dict.fromkeys([body.short_name, body.name, *body.former_names])
        for name in names:
            yield from ((name, other, SAME) for other in names if other != name)
    for family in french.FAMILIES:
        yield from ((word, other, FAMILY) for word in family for other in family if other != word)


def write_synonyms() -> None:
    """Write the synonyms again, and their words in the vocabulary."""
    SearchSynonym.objects.all().delete()
    wordings = list(_wordings())
    stems = _stems({text for typed, other, _ in wordings for text in (typed, other)})
    weights: dict[tuple[tuple[str, ...], tuple[str, ...]], float] = {}
    for typed, other, weight in wordings:
        pair = stems[typed], stems[other]
        if all(pair) and pair[0] != pair[1] and len(pair[0]) <= MAX_STEMS:
            weights[pair] = max(weight, weights.get(pair, 0))
    SearchSynonym.objects.bulk_create(
        SearchSynonym(stems=list(typed), replacement=list(other), weight=weight)
        for (typed, other), weight in weights.items()
    )
    words = {word for typed, _, _ in wordings for word in normalised(typed).split()}
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO errors_catalog_searchword (word, lexeme, entries) SELECT word, stems[1], 0"
            " FROM unnest(%s::text[]) AS word, public.oups_stems(word) AS stems WHERE cardinality(stems) > 0"
            " ON CONFLICT DO NOTHING",
            [sorted(words)],
        )


def _stems(texts: set[str]) -> dict[str, tuple[str, ...]]:
    """The stems of each text, in the order of its words, without those that a query drops."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT given, array(SELECT lexeme FROM unnest(public.oups_vector(plain)) ORDER BY positions[1])"
            " FROM unnest(%s::text[], %s::text[]) AS wording (given, plain)",
            [list(texts), [" ".join(telling(normalised(text).split())) for text in texts]],
        )
        return {given: tuple(stems) for given, stems in cursor.fetchall()}


def _write_wordings() -> None:
    public = FrequentError.objects.public().values_list("pk", "title", "keywords")
    SearchWording.objects.bulk_create(
        SearchWording(text=text, normalised=normalised(text), error_id=pk)
        for pk, title, keywords in public
        for text in (title, *keywords)
    )

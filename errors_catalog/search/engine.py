"""From what was typed to entries in order: best bets, words, repairs, synonyms, then one query that scores.

The weights were measured on labelled queries: a change needs `search_eval`.
"""

from dataclasses import dataclass, field
from importlib import import_module

from django.conf import settings
from django.db import connection

from errors_catalog.search import MAX_STEMS, MEANING, lexicon, normalise
from errors_catalog.search.lexicon import REPAIRED, Stems, Term

MAX_HITS = 200
ENOUGH = 4000  # rows of the index after which the commonest words of a query are left unread
SURE = 0.30  # below this confidence the page says that nothing matches exactly
WORTH_SHOWING = 0.25  # share of the first one's score: below, an answer has only a common word of the query
MEANT = 0.8  # weight of the meaning beside the words
ADDED = 10  # first places that an entry may take by its meaning alone
LIKE_A_BEST_BET = 0.9

SCORE = """
WITH asked AS MATERIALIZED (
    SELECT * FROM unnest(%(groups)s::int[], %(alternatives)s::int[], %(lexemes)s::text[], %(weights)s::float[])
        AS asked (grp, alternative, lexeme, weight)
), rarity AS MATERIALIZED (  -- a word that no entry holds is rarer than the rarest
    SELECT asked.*, known.idf, coalesce(known.idf, (SELECT max(idf) + .4 FROM errors_catalog_searchlexeme)) AS mass,
        coalesce(sum(known.entries) OVER rarest_first - known.entries, 0) AS already_read
    FROM asked LEFT JOIN errors_catalog_searchlexeme AS known USING (lexeme)
    WINDOW rarest_first AS (ORDER BY known.idf DESC NULLS LAST ROWS UNBOUNDED PRECEDING)
), alternatives AS (
    SELECT grp, alternative, min(weight) AS weight, sum(mass) AS mass, sum(idf) AS known, count(*) AS stems
    FROM rarity GROUP BY grp, alternative
), groups AS (  -- what a group is worth: its typed words when the catalogue knows them, else the rarest reading
    SELECT grp, coalesce(
        max(mass / stems) FILTER (WHERE known IS NOT NULL AND alternative = 0), max(mass / stems)
    ) AS mass
    FROM alternatives GROUP BY grp
), hits AS (
    SELECT grp, alternative, posting.error_id, sum(idf) AS got,
        sum(idf * posting.weight * 9 / (posting.weight + 8)) AS score,
        coalesce(sum(idf) FILTER (WHERE posting.in_head), 0) AS got_in_head
    FROM rarity JOIN errors_catalog_searchposting AS posting USING (lexeme)
    WHERE already_read < %(enough)s GROUP BY 1, 2, 3
), best AS (  -- inside a group the alternatives compete; part of a wording scores its share, squared
    SELECT grp, error_id, max(weight * score * power(got / mass, 2) / sqrt(stems)) AS score,
        max(weight * got_in_head / mass) AS covered
    FROM hits JOIN alternatives USING (grp, alternative) GROUP BY 1, 2
)
SELECT error_id, sum(score) AS score, sum(covered * groups.mass) / (SELECT sum(mass) FROM groups) AS confidence
FROM best JOIN groups USING (grp) GROUP BY error_id ORDER BY score DESC, error_id LIMIT %(limit)s
"""


# Imposed by editors for these words, or for words that differ by a letter or two.
BEST_BETS = """
SELECT error_id FROM errors_catalog_bestbet, public.similarity(public.unaccent(wording), %(typed)s) AS likeness
WHERE likeness >= %(like)s ORDER BY likeness DESC, position
"""
# Entries whose title or keyword was typed whole.
NAMED = "SELECT error_id FROM errors_catalog_searchwording WHERE normalised = %(typed)s"


@dataclass(frozen=True)
class Alternative:
    stems: Stems
    weight: float


@dataclass(frozen=True)
class Answer:
    """What a search found: primary keys of entries, best first, and how sure it is of the first (0 to 1).

    The index may be some seconds behind: whoever shows the entries reads them through `public()`.
    """

    hits: list[int]
    confidence: float = 0.0
    corrected: str = ""  # the words searched instead of the typed ones, when the spelling was repaired
    lexemes: frozenset[str] = field(default_factory=frozenset)  # every stem that counted, for highlighting

    @property
    def is_sure(self) -> bool:
        return self.confidence >= SURE


def search(typed: str, *, exact: bool = False) -> Answer:
    """Answer what a person typed, whatever it is. `exact` leaves the spelling as it is."""
    wording = normalise.normalised(normalise.readable(typed))
    if not wording:
        return Answer([])
    tokens = normalise.tokens(typed)
    terms = lexicon.terms(tokens, exact=exact) if tokens else []
    groups = _groups(terms)
    rows = _score(groups)
    imposed, named = _wordings(wording)
    scored = _with_meaning(typed, rows) if settings.SEARCH_BY_MEANING else [pk for pk, _, _ in rows]
    first = [*imposed, *(pk for pk in scored if pk in named), *sorted(named)]
    return Answer(
        hits=list(dict.fromkeys([*first, *scored])),
        confidence=1.0 if imposed or named else (rows[0][2] if rows else 0.0),
        corrected=_corrected(terms),
        lexemes=frozenset(stem for group in groups for alternative in group for stem in alternative.stems),
    )


def _groups(terms: list[Term]) -> list[list[Alternative]]:
    """One group a term; a wording that synonyms replace, longest first, makes one group of its terms."""
    synonyms = _synonyms({stem for term in terms for stem in _all_stems(term)})
    groups: list[list[Alternative]] = []
    position = 0
    while position < len(terms):
        span = next(
            span
            for span in range(min(MAX_STEMS, len(terms) - position), 0, -1)
            if span == 1 or _sequence(terms[position : position + span]) in synonyms
        )
        group = _alternatives(terms[position : position + span], synonyms)
        if group:
            groups.append(group)
        position += span
    return groups


def _sequence(terms: list[Term]) -> Stems:
    return tuple(stem for term in terms for stem in (term.stems or next(iter(term.repairs.values()), ())))


def _all_stems(term: Term) -> set[str]:
    return {stem for stems in (term.stems, *term.repairs.values()) for stem in stems}


def _alternatives(terms: list[Term], synonyms: dict[Stems, list[Alternative]]) -> list[Alternative]:
    read = [(_sequence(terms), 1.0)]
    if len(terms) == 1:
        own, repairs = terms[0].stems, terms[0].repairs.values()
        read = [(stems, weight) for stems, weight in [(own, 1.0), *((repair, REPAIRED) for repair in repairs)] if stems]
    found: list[Alternative] = []
    for stems, weight in read:
        found.append(Alternative(stems, weight))
        found += [Alternative(other.stems, weight * other.weight) for other in synonyms.get(stems, [])]
    return found


def _synonyms(stems: set[str]) -> dict[Stems, list[Alternative]]:
    """What replaces a wording that begins with one of these stems."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stems, replacement, weight FROM errors_catalog_searchsynonym WHERE stems[1] = ANY(%s)",
            [sorted(stems)],
        )
        found: dict[Stems, list[Alternative]] = {}
        for typed, replacement, weight in cursor:
            found.setdefault(tuple(typed), []).append(Alternative(tuple(replacement), weight))
    return found


def _score(groups: list[list[Alternative]]) -> list[tuple[int, float, float]]:
    """(primary key, score, confidence) of public entries, best first."""
    rows = [
        (number, choice, stem, alternative.weight)
        for number, group in enumerate(groups)
        for choice, alternative in enumerate(group)
        for stem in alternative.stems
    ]
    if not rows:
        return []
    columns = (list(column) for column in zip(*rows, strict=True))
    names = ("groups", "alternatives", "lexemes", "weights")
    with connection.cursor() as cursor:
        cursor.execute(SCORE, {**dict(zip(names, columns, strict=True)), "enough": ENOUGH, "limit": MAX_HITS})
        found = cursor.fetchall()
    return [row for row in found if row[1] >= WORTH_SHOWING * found[0][1]]


def _with_meaning(typed: str, rows: list[tuple[int, float, float]]) -> list[int]:
    """What was found, and what means nearly the same, in the order of both."""
    near = import_module(MEANING).nearness(normalise.readable(typed))
    best = rows[0][1] if rows else 1.0
    scores = {pk: score / best for pk, score, _ in rows}
    both = sorted(near.keys() | scores, key=lambda pk: (-scores.get(pk, 0) - MEANT * near.get(pk, 0), pk))
    return [pk for rank, pk in enumerate(both) if pk in scores or rank < ADDED]


def _wordings(wording: str) -> tuple[list[int], set[int]]:
    """(answers imposed for what was typed, entries that it names)."""
    parameters: dict[str, str | float] = {"typed": wording, "like": LIKE_A_BEST_BET}
    with connection.cursor() as cursor:
        cursor.execute(BEST_BETS, parameters)
        imposed = [error for (error,) in cursor]
        cursor.execute(NAMED, parameters)
        return imposed, {error for (error,) in cursor}


def _corrected(terms: list[Term]) -> str:
    """The query with its misspelt words mended, when what was searched is not what was typed."""
    mended = [next(iter(term.repairs)) if _is_mended(term) else term.word for term in terms]
    return " ".join(mended) if any(map(_is_mended, terms)) else ""


def _is_mended(term: Term) -> bool:
    """Whether its nearest word stands for it: nothing has its stem, or that word has the same one."""
    nearest = next(iter(term.repairs.values()), None)
    return nearest is not None and (not term.stems or nearest == term.stems)

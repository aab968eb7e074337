"""The words of a query, made those of the catalogue: spelling repaired by what the catalogue itself writes.

A word that French knows is never repaired: « tarte » is not « carte ».
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from django.db import connection
from spellchecker import SpellChecker

from errors_catalog.search import french
from errors_catalog.search.normalise import normalised, telling

REPAIRED = 0.8
MAX_REPAIRS = 3
LEEWAY = 0.6  # repairs this much further than the best one are not tried
SHORTEST = 4  # shorter words have too many neighbours
LONG_WORD = 6  # from here on two letters may be wrong
ELISION = re.compile(r"(?:qu|[cdjlmnst])(?=[aeiouyh])")

Stems = tuple[str, ...]


@dataclass(frozen=True)
class Term:
    """A word of the query: what it stems to, and the words of the catalogue that it may be a mistake for."""

    word: str
    stems: Stems
    repairs: dict[str, Stems] = field(default_factory=dict)


@dataclass(frozen=True)
class _Form:
    stems: Stems
    is_word: bool  # written so somewhere in the catalogue
    is_stem: bool  # another form of it is


@cache
def dictionary() -> frozenset[str]:
    """French words as they are commonly written, without accents: pyspellchecker's list of 140,000 (MIT licence)."""
    return frozenset(map(normalised, SpellChecker(language="fr").word_frequency.dictionary))


def terms(tokens: list[str], *, exact: bool = False) -> list[Term]:
    """Resolve each word that says something: as typed, put together, without its article, cut in two, repaired.

    One query, and one more for each misspelt word.
    """
    forms = _look_up(tokens, [*map("".join, pairwise(tokens)), *(part for word in tokens for part in _parts(word))])
    found: list[Term] = []
    for word in telling(_joined(tokens, forms)):
        read = next((parts for parts in _splits(word) if all(forms[part].is_word for part in parts)), [word])
        found += [Term(part, forms[part].stems) for part in read]
    return found if exact else [_repaired(term, forms[term.word]) for term in found]


def _splits(word: str) -> Iterator[list[str]]:
    """The ways to read a word: as it is, without its elided article, as two words that were glued."""
    yield [word]
    if word not in dictionary():
        if elided := ELISION.match(word):
            yield [word[elided.end() :]]
        for at in range(SHORTEST, len(word) - SHORTEST + 1):
            yield [word[:at], word[at:]]


def _parts(word: str) -> Iterator[str]:
    return (part for parts in _splits(word) for part in parts)


def _joined(tokens: list[str], forms: dict[str, _Form]) -> list[str]:
    """Words that were cut in two, put together: « sur endettement »."""
    joined: list[str] = []
    for word in tokens:
        whole = forms.get(joined[-1] + word) if joined else None
        if whole and whole.is_word and not forms[word].is_word and word not in french.STOP_WORDS:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _look_up(typed: list[str], readings: list[str]) -> dict[str, _Form]:
    """What the catalogue knows of each form. Stemming is slow: of those it does not write, only typed ones are."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT form, stems, lexeme IS NOT NULL, lexeme IS NOT NULL OR"
            " EXISTS (SELECT FROM errors_catalog_searchlexeme AS known WHERE known.lexeme = ANY(stems))"
            " FROM unnest(%(forms)s::text[]) AS form LEFT JOIN errors_catalog_searchword ON word = form"
            " CROSS JOIN LATERAL (SELECT CASE WHEN lexeme IS NOT NULL THEN ARRAY[lexeme]"
            " WHEN form = ANY(%(typed)s) THEN public.oups_stems(form) ELSE '{}' END) AS stemmed (stems)",
            {"forms": sorted({*typed, *readings}), "typed": typed},
        )
        return {form: _Form(tuple(stems), is_word, is_stem) for form, stems, is_word, is_stem in cursor}


def _repaired(term: Term, form: _Form) -> Term:
    word = term.word
    if form.is_word or len(word) < SHORTEST or not word.isalpha() or word in dictionary():
        return term
    # Another form of a word that the catalogue knows: it stays, and only its nearest neighbours are tried too.
    repairs = _nearest(word, reach=1 if form.is_stem or len(word) < LONG_WORD else 2)
    return Term(word, term.stems if form.is_stem or not repairs else (), repairs)


def _nearest(word: str, reach: int) -> dict[str, Stems]:
    """The words of the catalogue at most `reach` letters away, best first. Two letters exchanged count as one."""
    swapped = [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word, lexeme, entries, CASE WHEN word = ANY(%(swapped)s) THEN 1"
            " ELSE levenshtein_less_equal(word, %(word)s, %(reach)s) END"
            " FROM errors_catalog_searchword WHERE length(word) BETWEEN %(shortest)s AND %(longest)s"
            " AND (word = ANY(%(swapped)s) OR levenshtein_less_equal(word, %(word)s, %(reach)s) <= %(reach)s)",
            {
                "word": word,
                "swapped": swapped,
                "reach": reach,
                "shortest": len(word) - reach,
                "longest": len(word) + reach,
            },
        )
        near = sorted((distance - 0.12 * math.log1p(n), found, lexeme) for found, lexeme, n, distance in cursor)
    return {found: (lexeme,) for cost, found, lexeme in near[:MAX_REPAIRS] if cost <= near[0][0] + LEEWAY}

"""Why a French letter is hard to read: measures, and the places to look at, for those who rewrite it.

They are clues for a person, not a verdict: the passive voice is guessed from its look, the syllables from the spelling.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from common import syllables
from common.plain_language import JARGON, WORD

LONG_SENTENCE = 25  # words
LONG_WORD = 4  # syllables
SHORT_LINE = 45  # characters: a shorter line was ended by its author, not by the width of the page


class Kind(StrEnum):
    LONG_SENTENCE = "long_sentence"
    PASSIVE = "passive"
    JARGON = "jargon"


@dataclass(frozen=True)
class Finding:
    """`text[start:end]` makes the text hard; `advice`, in French, says what to write instead."""

    start: int
    end: int
    kind: Kind
    advice: str


@dataclass(frozen=True)
class Readability:
    """Two findings are one inside the other, or apart; they come in the order of the text, the outer one first.

    `kandel_moles` is Flesch's index for French (L. Kandel and A. Moles, 1958): 100 reads at once, 60 is ordinary, below
    30 is for specialists; it has no bounds. It is None for a text without a word. `long_words` is a share, from 0 to 1.
    """

    words: int
    sentences: int
    average_sentence: float
    long_words: float
    kandel_moles: float | None
    findings: tuple[Finding, ...]


def measure(text: str) -> Readability:
    """Measure a plain text, not Markdown, in time linear in its length. Accents are expected composed (NFC)."""
    words = list(WORD.finditer(text))
    if not words:
        return Readability(0, 0, 0.0, 0.0, None, ())
    sentences = list(_sentences(text, words))
    counts = Counter(word[0] for word in words)
    by_word = {word: syllables.count(word) for word in counts}
    average = len(words) / len(sentences)
    return Readability(
        words=len(words),
        sentences=len(sentences),
        average_sentence=average,
        long_words=sum(counts[word] for word in by_word if by_word[word] >= LONG_WORD) / len(words),
        kandel_moles=207 - 1.015 * average - 73.6 * sum(counts[word] * by_word[word] for word in by_word) / len(words),
        findings=tuple(_nested([*_long_sentences(sentences), *_jargon(text, words), *_passives(text, words)])),
    )


def _nested(findings: list[Finding]) -> Iterator[Finding]:
    """In order, without those that stand half over an earlier one: a page could not highlight both."""
    open_ends: list[int] = []
    for finding in sorted(findings, key=lambda finding: (finding.start, -finding.end)):
        while open_ends and open_ends[-1] <= finding.start:
            open_ends.pop()
        if not open_ends or finding.end <= open_ends[-1]:
            open_ends.append(finding.end)
            yield finding


# --- Sentences --------------------------------------------------------------------------------------------------------

# Where a sentence may end: a mark with the quotes that follow it, or the end of a line. Never looks back over a run.
BREAK = re.compile(r"(?<![.!?…])(?P<mark>[.!?…]++)[»”\")\]]*+(?:\s++|$)|\n\s*+")
# What stands before a point that ends no sentence: an abbreviation, an initial, the number of an item.
BEFORE_A_POINT = re.compile(
    r"(?<![\w-])(?:[A-ZÀ-Ý]|MM|Mmes?|Mlles?|Me|Dr|Pr|Ste?|art|al|cf|réf|tél|env|n|p)\Z|^\s*\d{1,2}\Z", re.MULTILINE
)
ITEM = re.compile(r"[-–—•*▪◦]|\d{1,2}[.)]\s")


def _sentences(text: str, words: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    ends = [found.start() for found in BREAK.finditer(text) if _ends_sentence(text, found)]
    for _, group in groupby(words, key=lambda word: bisect_left(ends, word.start())):
        yield list(group)


def _ends_sentence(text: str, found: re.Match[str]) -> bool:
    if found[0].count("\n") > 1 or ("\n" in found[0] and ITEM.match(text, found.end())):
        return True
    if text[found.end() : found.end() + 1].islower():
        return False
    if found["mark"]:
        return found["mark"] != "." or not BEFORE_A_POINT.search(text, max(0, found.start() - 20), found.start())
    return found.start() - text.rfind("\n", 0, found.start()) <= SHORT_LINE


def _long_sentences(sentences: Iterable[list[re.Match[str]]]) -> Iterator[Finding]:
    for words in sentences:
        if len(words) > LONG_SENTENCE:
            advice = f"Phrase de {len(words)} mots : faites-en deux, ou plus."
            yield Finding(words[0].start(), words[-1].end(), Kind.LONG_SENTENCE, advice)


# --- Jargon -----------------------------------------------------------------------------------------------------------

LAST_WORD = {"à": r"(?:[àa]|aux?)\b", "de": r"(?:d[eu]\b|des\b|d['’])", "que": r"qu(?:e\b|['’])"}


def _first_letters(word: str) -> str:
    return word[:4].lower().replace("à", "a")


def _word_pattern(word: str) -> str:
    """A word with the endings of a feminine or a plural; « À » may lack its accent."""
    return "[àa]" if word == "à" else word.replace("'", "['’]") + ("e?s?" if len(word) > 3 else "")


def _pattern(term: str) -> str:
    *words, last = term.split()
    return r"\s+".join([*map(_word_pattern, words), LAST_WORD.get(last, rf"{_word_pattern(last)}\b")])


def _terms_by_first_letters() -> dict[str, list[str]]:
    """The longer terms first: « à défaut de » before « à défaut »."""
    terms: dict[str, list[str]] = {}
    for term in sorted(JARGON, key=len, reverse=True):
        terms.setdefault(_first_letters(term.split()[0]), []).append(term)
    return terms


TERMS = _terms_by_first_letters()
PATTERNS = {
    letters: re.compile("|".join(f"({_pattern(term)})" for term in terms), re.IGNORECASE)
    for letters, terms in TERMS.items()
}


def _jargon(text: str, words: list[re.Match[str]]) -> Iterator[Finding]:
    end = 0
    for word in words:
        start = word.start() + max(word[0].rfind("'"), word[0].rfind("’")) + 1  # after « l' » or « qu' »
        if start < end:
            continue
        letters = _first_letters(text[start : word.end()])
        if letters in PATTERNS and (found := PATTERNS[letters].match(text, start)):
            end = found.end()
            term = TERMS[letters][(found.lastindex or 0) - 1]
            yield Finding(start, end, Kind.JARGON, f"Dites plutôt « {JARGON[term]} ».")


# --- Passive voice ----------------------------------------------------------------------------------------------------

PASSIVE_ADVICE = "Dites qui agit : « nous avons décidé » plutôt que « il a été décidé »."
TO_BE = re.compile(
    "suis|es|est|sommes|êtes|sont|étai[st]|étions|étiez|étaient|ser(?:ai|as?|ons|ez|ont|ais|ait|ions|iez|aient)"
    "|soi[st]|soyons|soyez|soient|fut|furent|fût|étant|été|être"
)
ADVERB = re.compile(r"\w*ment|pas|plus|jamais|donc|ainsi|alors|aussi|bien|déjà|encore|ensuite|également|toujours|tout")
PARTICIPLE = re.compile(
    r"\w+ée?s?|dû|dus|dues?"
    "|(?:acquis|admis|attendu|atteint|compris|conclu|conduit|connu|contraint|construit|couvert|découvert|défini|détenu"
    "|détruit|dit|écrit|élu|émis|entendu|établi|étendu|exclu|fait|fourni|inclus|inscrit|instruit|interdit|joint|lu"
    "|maintenu|mis|obtenu|offert|omis|ouvert|perçu|perdu|permis|pourvu|prescrit|prévu|pris|produit|promis|puni|reçu"
    "|reconnu|réduit|rejoint|remis|rempli|rendu|répondu|requis|résolu|restreint|retenu|réuni|saisi|soumis|suivi"
    "|suspendu|tenu|transmis|vendu|vu)e?s?"
)
# The verbs whose past goes with « être », and the states of a person: no one acts behind them.
NOT_PASSIVE = re.compile(
    "(?:allé|arrivé|décédé|entré|monté|né|passé|remonté|rentré|resté|retombé|retourné|tombé"
    "|aisé|âgé|associé|désolé|divorcé|élevé|handicapé|marié|pacsé|réfugié|retraité|salarié)e?s?"
)


def _passives(text: str, words: list[re.Match[str]]) -> Iterator[Finding]:
    """« est versé », « n'a pas été reçue »: a form of « être », two adverbs at most, a past participle."""
    spellings = [word[0].lower().replace("’", "'") for word in words]
    for place, spelling in enumerate(spellings):
        elided, _, verb = spelling.rpartition("'")
        if not TO_BE.fullmatch(verb) or _is_no_auxiliary(elided, verb, spellings[max(0, place - 2) : place]):
            continue
        last = place + 1
        while last < len(words) and last <= place + 2 and ADVERB.fullmatch(spellings[last]):
            last += 1
        if (
            last < len(words)
            and PARTICIPLE.fullmatch(spellings[last])
            and not NOT_PASSIVE.fullmatch(spellings[last])
            and all(text[words[at].end() : words[at + 1].start()].isspace() for at in range(place, last))
        ):
            yield Finding(words[place].start(), words[last].end(), Kind.PASSIVE, PASSIVE_ADVICE)


def _is_no_auxiliary(elided: str, verb: str, before: list[str]) -> bool:
    """« s'est présenté », « vous vous êtes présenté »: who acts is said. « les sommes versées »: not the verb."""
    reflexive = elided in {"s", "m", "t"} or before[-1:] == ["se"] or before in (["nous", "nous"], ["vous", "vous"])
    return reflexive or (verb == "sommes" and "nous" not in before)

"""A text as the team reads it: its measures in words, and where it is hard."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from common import readability
from common.readability import Finding, Kind

LABELS = {Kind.LONG_SENTENCE: "phrase longue", Kind.PASSIVE: "voix passive", Kind.JARGON: "jargon"}
EASE = [(80, "facile"), (60, "ordinaire"), (30, "difficile")]  # Kandel and Moles's scale, the best first
HARDEST = "pour spécialistes"


@dataclass(frozen=True)
class Piece:
    """A run of text, or the beginning or the end of a highlight, of which there may be one inside another."""

    text: str = ""
    opens: Finding | None = None
    closes: bool = False

    @property
    def label(self) -> str:
        return LABELS[self.opens.kind] if self.opens else ""


@dataclass(frozen=True)
class Reading:
    """What a template needs to show a text with its findings; the template escapes each piece."""

    pieces: list[Piece]
    words: int
    sentences: int
    average_sentence: float
    long_words: float  # in percent
    score: float | None
    counts: list[tuple[str, str, int]]  # kind, label, how many

    @property
    def ease(self) -> str:
        if self.score is None:
            return "–"
        return next((word for least, word in EASE if self.score >= least), HARDEST)


def read(text: str) -> Reading:
    """Measure a plain text."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    measured = readability.measure(text)
    return Reading(
        pieces=list(_pieces(text, measured.findings)),
        words=measured.words,
        sentences=measured.sentences,
        average_sentence=measured.average_sentence,
        long_words=100 * measured.long_words,
        score=measured.kandel_moles,
        counts=[
            (kind, label, sum(finding.kind is kind for finding in measured.findings)) for kind, label in LABELS.items()
        ],
    )


def _pieces(text: str, findings: tuple[Finding, ...]) -> Iterator[Piece]:
    """Cut the text where highlights begin and end; findings come in order, the outer one first."""
    place = 0
    ends: list[int] = []
    for finding in findings:
        while ends and ends[-1] <= finding.start:
            yield from _until(text, place, ends[-1])
            place = ends.pop()
        yield Piece(text[place : finding.start])
        yield Piece(opens=finding)
        place = finding.start
        ends.append(finding.end)
    while ends:
        yield from _until(text, place, ends[-1])
        place = ends.pop()
    yield Piece(text[place:])


def _until(text: str, place: int, end: int) -> Iterator[Piece]:
    yield Piece(text[place:end])
    yield Piece(closes=True)

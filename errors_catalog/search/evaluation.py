"""How good the search is on labelled queries: nDCG@10, MRR, success at one and at three, share without an answer.

A file of labelled queries is a TSV with a header: `query`, `class`, `expected` («slug:grade» separated by spaces; a
grade is 1, related, 2 or 3, the answer).
"""

import csv
import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

DEPTH = 10


@dataclass(frozen=True)
class LabelledQuery:
    words: str
    kind: str
    grades: dict[str, int]


@dataclass(frozen=True)
class Measure:
    """One query's result. All between 0 and 1, but for the time."""

    query: LabelledQuery
    found: list[str]
    milliseconds: float

    @property
    def ndcg(self) -> float:
        """Gain of the first ten answers over that of the best possible ten."""
        best = _gain(sorted(self.query.grades.values(), reverse=True)[:DEPTH])
        return _gain([self.query.grades.get(slug, 0) for slug in self.found[:DEPTH]]) / best

    @property
    def reciprocal_rank(self) -> float:
        return next((1 / rank for rank, slug in enumerate(self.found, start=1) if self._is_answer(slug)), 0.0)

    def success(self, depth: int) -> float:
        """Whether one of the best graded answers stands among the first `depth`."""
        return float(any(self._is_answer(slug) for slug in self.found[:depth]))

    def _is_answer(self, slug: str) -> bool:
        return self.query.grades.get(slug, 0) == max(self.query.grades.values())


def read(path: Path) -> list[LabelledQuery]:
    """The queries of a file. Raises `ValueError` naming the line that cannot be read."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        queries = []
        for line, row in enumerate(rows, start=2):
            try:
                pairs = (pair.rsplit(":", 1) for pair in row["expected"].split())
                queries.append(LabelledQuery(row["query"], row["class"], {slug: int(grade) for slug, grade in pairs}))
            except (KeyError, ValueError, AttributeError) as error:
                raise ValueError(f"ligne {line} : attendu query, class, expected (slug:note …)") from error
    return queries


def measure(queries: Iterable[LabelledQuery], search: Callable[[str], list[str]]) -> list[Measure]:
    measures = []
    for query in queries:
        start = time.perf_counter()
        found = search(query.words)
        measures.append(Measure(query, found, 1000 * (time.perf_counter() - start)))
    return measures


def by_class(measures: list[Measure]) -> dict[str, list[Measure]]:
    """« toutes » first, then each class in alphabetical order."""
    kinds = sorted({measure.query.kind for measure in measures})
    return {"toutes": measures} | {kind: [m for m in measures if m.query.kind == kind] for kind in kinds}


def summary(measures: list[Measure]) -> dict[str, float]:
    """Means of the measures, and the 50th and 99th percentiles of the time in milliseconds."""
    times = sorted(measure.milliseconds for measure in measures)
    return {
        "nDCG@10": _mean(m.ndcg for m in measures),
        "MRR": _mean(m.reciprocal_rank for m in measures),
        "S@1": _mean(m.success(1) for m in measures),
        "S@3": _mean(m.success(3) for m in measures),
        "zéro": _mean(float(not m.found) for m in measures),
        "p50 ms": times[len(times) // 2],
        "p99 ms": times[math.ceil(len(times) * 0.99) - 1],
    }


def _gain(grades: list[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return sum(numbers) / len(numbers)

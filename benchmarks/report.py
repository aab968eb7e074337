"""The report of the bench, printed and written to `docs/bench.md`.

Times depend on the machine: what counts is how they grow, from one column to the other of one run.
"""

import os
import sys
from datetime import date
from pathlib import Path

from benchmarks import catalogue, measures

REPORT = Path("docs/bench.md")
MANY = 10_000


def write() -> None:
    catalogue.fill()
    few = measures.run()
    catalogue.grow(MANY)
    many = measures.run()
    report = _report(few, many)
    sys.stdout.write(report)
    REPORT.write_text(report, encoding="utf-8")


def _report(few: dict[str, list[float]], many: dict[str, list[float]]) -> str:
    rows = [
        f"| {name} | {_percentile(few[name], 0.5):.1f} | {_percentile(few[name], 0.99):.1f}"
        f" | {_percentile(many[name], 0.5):.1f} | {_percentile(many[name], 0.99):.1f}"
        f" | × {_percentile(many[name], 0.5) / _percentile(few[name], 0.5):.1f} |"
        for name in few
    ]
    return "\n".join(
        [
            "# Mesures de `make bench`",
            "",
            f"Le {date.today():%d/%m/%Y}, {os.cpu_count()} cœurs, en millisecondes. Ce qui compte est la croissance :"  # noqa: DTZ011
            " les temps dépendent de la machine.",
            "",
            f"| quoi | catalogue, médiane | p99 | {MANY} erreurs, médiane | p99 | croissance |",
            "| --- | --- | --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def _percentile(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

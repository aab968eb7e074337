"""The report of the bench, printed and written to `docs/bench.md`.

Times depend on the machine: what counts is how they grow, from one column to the other of one run.
"""

import os
import sys
from datetime import date
from pathlib import Path

from benchmarks import catalogue, desk, measures
from oups import demonstration

REPORT = Path("docs/bench.md")
MANY = 10_000


def write() -> None:
    demonstration.prepare_static_files()
    catalogue.fill()
    few = measures.run()
    catalogue.grow(MANY)
    many = measures.run()
    report = _report(few, many, measures.queries_of_home())
    sys.stdout.write(report)
    REPORT.write_text(report, encoding="utf-8")


def _report(few: dict[str, list[float]], many: dict[str, list[float]], queries: int) -> str:
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
            f"L'accueil de la gestion fait {queries} requêtes, avec {desk.SEARCHES} recherches comptées,"
            f" {desk.MESSAGES} messages de lecteurs, {desk.EVENTS} événements et quelque chose dans chaque liste.",
            "",
        ]
    )


def _percentile(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

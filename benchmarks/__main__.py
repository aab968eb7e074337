"""`make bench`: how fast the portal answers with the catalogue, and with one of 10,000 entries.

It makes its own data on a PostgreSQL of its own, prints a table and writes it to `docs/bench.md`. Times depend on the
machine: what counts is how they grow, from one column to the other of one run.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from common import embedded_database
from common.demo_environment import LOCAL_DIR

REPORT = Path("docs/bench.md")
DATABASE_DIR = LOCAL_DIR / "postgres-bench"
MANY = 10_000
ENVIRONMENT = {
    "SECRET_KEY": "only-for-the-bench-" + "x" * 50,
    "ALLOWED_HOSTS": "testserver",
    "HTTPS": "false",
    "DEMO": "true",
    "DOCUMENT_KEYS": "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtb28=",
}


def main() -> None:
    LOCAL_DIR.mkdir(exist_ok=True)
    with embedded_database.running(DATABASE_DIR, database="bench"):
        os.environ.update(ENVIRONMENT, DATABASE_URL=embedded_database.url(DATABASE_DIR, database="bench"))
        os.environ["DJANGO_SETTINGS_MODULE"] = "oups.settings"
        import django  # noqa: PLC0415  # the environment comes first

        django.setup()
        from benchmarks import catalogue, measures  # noqa: PLC0415

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


def timed(action: Callable[[], object]) -> float:
    """Milliseconds that an action takes."""
    start = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    main()

"""Measures the search on labelled queries."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from errors_catalog.models import FrequentError
from errors_catalog.search import engine, evaluation


class Command(BaseCommand):
    help = "Mesure la recherche sur un fichier TSV de requêtes notées (query, class, expected)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--failures", action="store_true", help="montre aussi les requêtes mal servies")

    def handle(self, *, file: Path, failures: bool, **options: Any) -> None:
        try:
            queries = evaluation.read(file)
        except (OSError, ValueError) as error:
            raise CommandError(f"{file} : {error}") from error
        slugs = dict(FrequentError.objects.public().values_list("pk", "slug"))
        engine.search("préparation")  # the first search reads the dictionary
        measures = evaluation.measure(
            queries, lambda words: [slugs[pk] for pk in engine.search(words).hits if pk in slugs]
        )
        for kind, rows in evaluation.by_class(measures).items():
            values = "  ".join(f"{name} {value:6.3f}" for name, value in evaluation.summary(rows).items())
            self.stdout.write(f"{kind:<18}{len(rows):>4}  {values}")
        for measure in measures if failures else []:
            if not measure.success(3):
                found = ", ".join(measure.found[:3])
                self.stdout.write(f"[{measure.query.kind}] {measure.query.words} → {found} ({measure.query.grades})")

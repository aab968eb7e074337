"""Deletes the documents whose time has come, outside the nightly run."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from simplification import keeping


class Command(BaseCommand):
    help = "Efface les documents dont la durée de conservation est passée. S'arrête s'il y en a trop d'un coup."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="montre ce qui serait effacé, sans rien effacer")

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        if dry_run:
            for submission in keeping.due():
                self.stdout.write(f"{submission.number} : à effacer depuis le {submission.purge_on:%d/%m/%Y}")
            return
        try:
            self.stdout.write(f"{keeping.purge()} envois effacés.")
        except keeping.TooManyToPurge as refusal:
            raise CommandError(str(refusal)) from refusal

"""Deletes the documents whose time has come, outside the nightly run."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from simplification import keeping


class Command(BaseCommand):
    help = "Efface les documents dont la durée de conservation est passée. S'arrête s'il y en a trop d'un coup."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="montre ce qui serait effacé, sans rien effacer")
        parser.add_argument(
            "--expected", type=int, metavar="N", help="efface, même beaucoup d'un coup, si N envois sont à effacer"
        )

    def handle(self, *, dry_run: bool, expected: int | None, **options: Any) -> None:
        if dry_run:
            waiting = keeping.due()
            for submission in waiting:
                self.stdout.write(f"{submission.number} : à effacer depuis le {submission.purge_on:%d/%m/%Y}")
            self.stdout.write(f"{len(waiting)} envois à effacer.")
            return
        try:
            self.stdout.write(f"{keeping.purge(expected=expected)} envois effacés.")
        except keeping.TooManyToPurge as refusal:
            raise CommandError(str(refusal)) from refusal

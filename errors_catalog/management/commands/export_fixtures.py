"""Writes the catalogue of the database to its files."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from errors_catalog import catalogue_export
from errors_catalog.models import FrequentError


class Command(BaseCommand):
    help = "Écrit le catalogue de la base dans ses fichiers. Les propositions en cours n'y sont pas."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, default=Path(settings.FIXTURE_DIRS[0]))
        parser.add_argument(
            "--check", action="store_true", help="n'écrit rien ; échoue et nomme les fichiers qui diffèrent"
        )

    def handle(self, *, directory: Path, check: bool, **options: Any) -> None:
        if not FrequentError.objects.exists():
            raise CommandError("La base ne contient aucune erreur : rien n'a été écrit.")
        if not check:
            written = catalogue_export.write(directory)
            self.stdout.write("\n".join([*written, f"{len(written)} fichiers écrits ou retirés."]))
        elif differing := catalogue_export.differing(directory):
            raise CommandError("\n".join(["Ces fichiers ne disent pas ce que dit la base :", *differing]))
        else:
            self.stdout.write("Les fichiers disent ce que dit la base.")

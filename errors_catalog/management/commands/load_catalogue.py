"""Loads the catalogue's files into the database."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from errors_catalog import catalogue_files


class Command(BaseCommand):
    help = "Charge les fichiers du catalogue. Ce qui est déjà dans la base reste tel quel. Tout est chargé, ou rien."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", nargs="?", type=Path, default=Path(settings.FIXTURE_DIRS[0]))
        parser.add_argument("--overwrite", action="store_true", help="réécrit aussi ce qui est déjà dans la base")

    def handle(self, *, directory: Path, overwrite: bool, **options: Any) -> None:
        try:
            loaded = catalogue_files.load(directory, overwrite=overwrite)
        except catalogue_files.CatalogueFileError as error:
            raise CommandError(f"Rien n'a été chargé. {error}") from error
        self.stdout.write(f"{loaded.written} lignes chargées, {loaded.left_alone} laissées telles quelles.")

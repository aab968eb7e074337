"""Rebuilds what the search reads."""

from typing import Any

from django.core.management.base import BaseCommand

from errors_catalog.search import index


class Command(BaseCommand):
    help = "Reconstruit l'index de la recherche à partir du catalogue publié et des synonymes."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{index.rebuild()} erreurs indexées.")

"""Encrypts again, under the first key, what older keys encrypted."""

from typing import Any

from django.core.management.base import BaseCommand

from simplification.models import Document, DocumentPage
from simplification.storage import documents


class Command(BaseCommand):
    help = "Chiffre à nouveau, avec la première clé de DOCUMENT_KEYS, les fichiers que d'anciennes clés ont chiffrés."

    def handle(self, **options: Any) -> None:
        rotated = sum(
            self._rotate(model, column)
            for model, column in ((Document, "stored_as"), (Document, "text_stored_as"), (DocumentPage, "stored_as"))
        )
        self.stdout.write(f"{rotated} fichiers chiffrés avec la nouvelle clé.")

    def _rotate(self, model: type[Document] | type[DocumentPage], column: str) -> int:
        rotated = 0
        for pk, name in model.objects.exclude(**{column: ""}).values_list("pk", column):
            new_name = documents().rotate(name)
            if new_name != name:
                model.objects.filter(pk=pk).update(**{column: new_name})
                documents().delete(name)
                rotated += 1
        return rotated

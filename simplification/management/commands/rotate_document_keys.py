"""Encrypts again, under the first key, what older keys encrypted."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from common.encrypted_storage import UnreadableFileError
from simplification.models import Document, DocumentPage
from simplification.storage import documents

COLUMNS: list[tuple[type[Document] | type[DocumentPage], str]] = [
    (Document, "stored_as"),
    (Document, "text_stored_as"),
    (DocumentPage, "stored_as"),
]


class Command(BaseCommand):
    help = "Chiffre à nouveau, avec la première clé de DOCUMENT_KEYS, les fichiers que d'anciennes clés ont chiffrés."

    def handle(self, **options: Any) -> None:
        rotated = failed = 0
        for model, column in COLUMNS:
            for pk, name in model.objects.exclude(**{column: ""}).values_list("pk", column):
                row = model.objects.filter(pk=pk, **{column: name})
                try:
                    new_name = documents().rotate(name)
                except (OSError, UnreadableFileError):
                    failed += row.exists()  # else it was deleted meanwhile
                    continue
                if new_name == name:
                    continue
                if row.update(**{column: new_name}):
                    documents().delete(name)
                    rotated += 1
                else:
                    documents().delete(new_name)
        self.stdout.write(f"{rotated} fichiers chiffrés avec la nouvelle clé.")
        if failed:
            raise CommandError(f"{failed} fichiers manquent ou ne s'ouvrent pas : gardez les anciennes clés.")

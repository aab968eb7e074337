"""Creates the groups of the staff."""

from typing import Any

from django.core.management.base import BaseCommand

from oups import roles


class Command(BaseCommand):
    help = "Crée les groupes du personnel et leurs permissions. Peut être relancée à tout moment."

    def handle(self, **options: Any) -> None:
        roles.create_roles()
        self.stdout.write(f"Rôles à jour : {', '.join(roles.ROLES)}.")

"""Forgets the second factor of somebody who lost their device, when no administrator can do it in the admin."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from staff import second_factor


class Command(BaseCommand):
    help = "Retire la double authentification d'un compte : il devra l'activer à nouveau à sa prochaine connexion."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="NOM", help="le nom d'utilisateur")

    def handle(self, *, username: str, **options: Any) -> None:
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Aucun compte ne s'appelle « {username} ».")
        second_factor.reset(user)
        self.stdout.write(f"« {username} » devra activer la double authentification à sa prochaine connexion.")

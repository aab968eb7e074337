"""Makes an account of the staff: the first one, from which the others are made in the admin."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from staff import accounts


class Command(BaseCommand):
    help = "Crée un compte du personnel et affiche son premier mot de passe. Lancez create_roles avant."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="NOM", help="le nom d'utilisateur")
        parser.add_argument("--role", default="administrateur", help="son rôle ; administrateur si rien n'est dit")
        parser.add_argument("--email", default="", help="son adresse, pour se connecter aussi par ProConnect")

    def handle(self, *, username: str, role: str, email: str, **options: Any) -> None:
        try:
            password = accounts.create(username, role=role, email=email)
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages)) from refusal
        self.stdout.write(
            f"Compte « {username} » ({role}) créé. Premier mot de passe : {password}\n"
            "La première connexion mène à la double authentification ; changez ensuite ce mot de passe."
        )

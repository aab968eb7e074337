"""Builds the assets of the design system, before `collectstatic`."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from common import design_system


class Command(BaseCommand):
    help = "Fabrique la feuille de style, les polices et les pictogrammes du système de design."

    def handle(self, **options: Any) -> None:
        target = settings.DSFR_BUILD_DIR / "dsfr"
        design_system.build(target)
        self.stdout.write(f"Système de design écrit dans {target}.")

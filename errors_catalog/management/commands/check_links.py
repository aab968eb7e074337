"""Checks that the official pages named by the catalogue still answer."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from errors_catalog import link_checks, links
from errors_catalog.models import LinkCheck


class Command(BaseCommand):
    help = "Visite les adresses données par le catalogue, une à la fois par site, et garde le résultat pour la gestion."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--older-than", type=int, default=30, metavar="JOURS", help="vérifiées il y a plus de…")
        parser.add_argument("--limit", type=int, default=500, help="nombre d'adresses au plus")

    def handle(self, *, older_than: int, limit: int, **options: Any) -> None:
        waiting = link_checks.due(links.addresses(), older_than=timedelta(days=older_than))
        found = link_checks.check(waiting[:limit])
        for link in found:
            if link.outcome in LinkCheck.TO_MEND:
                self.stdout.write(f"{link.get_outcome_display()} : {link.url} ({link.detail})")
        counts = Counter(link.get_outcome_display() for link in found)
        summary = ", ".join(f"{outcome} : {count}" for outcome, count in counts.most_common()) or "rien à vérifier"
        self.stdout.write(f"{len(found)} adresses vérifiées sur {len(waiting)} à vérifier ({summary}).")

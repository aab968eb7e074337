"""Checks the whole catalogue against the rules of writing."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from errors_catalog import checks
from errors_catalog.models import FrequentError


class Command(BaseCommand):
    help = "Relit tout le catalogue publié. Affiche les comptes, puis chaque constat ; échoue s'il en reste un."

    def handle(self, **options: Any) -> None:
        self._print_counts()
        findings = [*checks.entries(), *checks.titles_too_alike(), *checks.keywords_too_common(), *checks.coverage()]
        for slug, finding in findings:
            self.stdout.write(f"{slug} : {finding}")
        if findings:
            raise CommandError(f"{len(findings)} constats.")
        self.stdout.write("0 constat.")

    def _print_counts(self) -> None:
        public = FrequentError.objects.public()
        self.stdout.write(f"{public.count()} erreurs publiées sur {FrequentError.objects.count()}.")
        for title, path in (
            ("Public", "audience"),
            ("Droit à l'erreur", "right_to_error"),
            ("Administration", "administration__slug"),
            ("Événement de vie", "life_events__slug"),
        ):
            counts = Counter(dict(public.order_by().values_list(path).annotate(Count("pk"))))
            self.stdout.write(f"{title} : {', '.join(f'{name} {count}' for name, count in counts.most_common())}")

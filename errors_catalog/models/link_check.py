"""What was found the last time somebody knocked at an address that the catalogue gives."""

from django.db import models


class LinkCheck(models.Model):
    """The last visit to an official page. `check_links` writes it; nobody edits it."""

    class Outcome(models.TextChoices):
        WORKS = "works", "répond"
        MOVED = "moved", "a déménagé"
        REFUSED = "refused", "refuse les robots : à ouvrir à la main"
        BROKEN = "broken", "n'existe plus"
        UNREACHABLE = "unreachable", "injoignable"

    # Addresses to mend, as opposed to those that work or that only a person can open.
    TO_MEND = [Outcome.MOVED, Outcome.BROKEN, Outcome.UNREACHABLE]

    url = models.URLField("adresse", max_length=300, unique=True)
    outcome = models.CharField("constat", max_length=11, choices=Outcome)
    detail = models.CharField("détail", max_length=300, help_text="Le code HTTP, la nouvelle adresse ou la panne.")
    checked_at = models.DateTimeField("vérifié le")

    class Meta:
        verbose_name = "lien vérifié"
        verbose_name_plural = "liens vérifiés"
        ordering = ["url"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=["works", "moved", "refused", "broken", "unreachable"]),
                name="link_outcome_known",
            ),
        ]

    def __str__(self) -> str:
        return self.url

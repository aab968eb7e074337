"""The words people use for the words of the administration."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from simple_history.models import HistoricalRecords


class SynonymQuerySet(models.QuerySet):
    def get_by_natural_key(self, term: str) -> "Synonym":
        return self.get(term=term)


class Synonym(models.Model):
    """An acronym, an old name or an everyday word, and what the catalogue calls it."""

    term = models.CharField("mot ou expression", max_length=80, unique=True)
    equivalents = ArrayField(
        models.CharField(max_length=80), verbose_name="équivalents", help_text="Séparés par des virgules."
    )

    objects = SynonymQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "synonyme"
        verbose_name_plural = "synonymes"
        ordering = ["term"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(equivalents=[]),
                name="synonym_has_an_equivalent",
                violation_error_message="Donnez au moins un équivalent.",
            ),
        ]

    def __str__(self) -> str:
        return self.term

    def natural_key(self) -> tuple[str]:
        return (self.term,)

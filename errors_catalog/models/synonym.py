"""The words people use for the words of the administration."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from simple_history.models import HistoricalRecords


class SynonymQuerySet(models.QuerySet["Synonym"]):
    def get_by_natural_key(self, term: str) -> "Synonym":
        return self.get(term=term)


class Synonym(models.Model):
    """An acronym, an old name or an everyday word, and what the catalogue calls it."""

    class Kind(models.TextChoices):
        """Words that are merely related must not lead both ways: measured, it hurts."""

        SAME = "same", "la même chose, dans les deux sens"
        TOWARD = "toward", "mène vers, dans un seul sens"

    term = models.CharField("mot ou expression", max_length=80, unique=True)
    equivalents = ArrayField(
        models.CharField(max_length=80), verbose_name="équivalents", help_text="Séparés par des virgules."
    )

    kind = models.CharField(
        "sens",
        max_length=6,
        choices=Kind,
        default=Kind.TOWARD,
        help_text="Un sigle ou un ancien nom dit la même chose ; un mot de tous les jours mène vers le mot officiel.",
    )

    objects = SynonymQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "synonyme"
        verbose_name_plural = "synonymes"
        ordering = ["term"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["same", "toward"]), name="synonym_kind_known"),
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

"""The law, as dated data: article numbers move."""

from django.db import models
from simple_history.models import HistoricalRecords

from common.models import SlugModel, SlugQuerySet


class LegalReferenceQuerySet(SlugQuerySet["LegalReference"]):
    pass


class LegalReference(SlugModel):
    """One article, in our own words."""

    code = models.CharField("code ou texte", max_length=160)
    article = models.CharField("article", max_length=60)
    summary = models.TextField(
        "ce que dit le texte", max_length=400, help_text="Avec nos mots, en une ou deux phrases."
    )
    url = models.URLField("adresse du texte", max_length=300, blank=True)
    checked_on = models.DateField("vérifiée le")

    objects = LegalReferenceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "référence juridique"
        verbose_name_plural = "références juridiques"
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "article"],
                name="legal_reference_unique",
                violation_error_message="Cet article est déjà dans la liste.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}, article {self.article}"

"""The taxonomy of the portal: what happens in a life, in the first person."""

from django.db import models
from simple_history.models import HistoricalRecords

from common.design_system import pictogram_choices, pictogram_id
from common.models import Audience, SlugModel, SlugQuerySet


class LifeEvent(SlugModel):
    """A situation in which people meet the administration: « Je déménage »."""

    audience = models.CharField("public", max_length=13, choices=Audience)
    name = models.CharField("nom", max_length=80, unique=True, help_text="À la première personne : « Je déménage ».")
    description = models.CharField("description", max_length=200)
    pictogram = models.CharField(
        "pictogramme",
        max_length=60,
        choices=pictogram_choices,
        help_text="Dossier et nom d'un pictogramme du système de design : « buildings/house ».",
    )
    position = models.PositiveSmallIntegerField("ordre d'affichage")

    objects = SlugQuerySet["LifeEvent"].as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "événement de vie"
        verbose_name_plural = "événements de vie"
        ordering = ["audience", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["audience", "position"],
                name="life_event_position_unique",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Un autre événement de ce public porte déjà ce numéro d'ordre.",
            ),
            models.CheckConstraint(
                condition=models.Q(audience__in=Audience.values),
                name="life_event_audience_known",
                violation_error_message="Choisissez un public : particulier ou professionnel.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def pictogram_id(self) -> str:
        return pictogram_id(self.pictogram)

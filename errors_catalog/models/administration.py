"""Who answers: the administrations and the ways to reach them."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from common.models import SlugModel, SlugQuerySet


class AdministrationQuerySet(SlugQuerySet["Administration"]):
    def with_channels(self) -> Self:
        return self.prefetch_related("channels")


class Administration(SlugModel):
    """A body that applies the rules, under its current name; the old names help people to find it."""

    name = models.CharField("nom complet", max_length=160, unique=True)
    short_name = models.CharField("nom usuel", max_length=60, unique=True)
    handles = models.CharField("s'occupe de", max_length=300)
    url = models.URLField("site officiel", max_length=300)
    former_names = ArrayField(
        models.CharField(max_length=80),
        verbose_name="autres noms",
        default=list,
        blank=True,
        help_text="Anciens noms et sigles, séparés par des virgules.",
    )
    checked_on = models.DateField("vérifiée le")

    objects = AdministrationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "administration"
        verbose_name_plural = "administrations"
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("errors_catalog:administration", args=[self.slug])


class ContactChannelQuerySet(models.QuerySet["ContactChannel"]):
    def get_by_natural_key(self, administration: str, position: int) -> "ContactChannel":
        return self.get(administration__slug=administration, position=position)


class ContactChannel(models.Model):
    """One way to reach an administration. The one marked `for_errors` is shown first on every page."""

    class Kind(models.TextChoices):
        WEB = "web", "en ligne"
        PHONE = "phone", "par téléphone"
        MESSAGE = "message", "par message"
        POST = "post", "par courrier"
        DESK = "desk", "au guichet"

    administration = models.ForeignKey(
        Administration, models.CASCADE, verbose_name="administration", related_name="channels"
    )
    kind = models.CharField("moyen", max_length=7, choices=Kind)
    label = models.CharField("sert à", max_length=120)
    value = models.CharField("numéro, rubrique ou adresse", max_length=200)
    url = models.URLField("lien", max_length=300, blank=True)
    opening_hours = models.CharField("horaires", max_length=120, blank=True)
    price = models.CharField("prix", max_length=120, blank=True)
    position = models.PositiveSmallIntegerField("ordre")
    for_errors = models.BooleanField("pour signaler une erreur", default=False)

    objects = ContactChannelQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "moyen de contact"
        verbose_name_plural = "moyens de contact"
        ordering = ["administration", "-for_errors", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "position"],
                name="channel_position_unique",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Deux moyens de contact portent le même numéro d'ordre.",
            ),
            models.UniqueConstraint(
                fields=["administration"],
                condition=Q(for_errors=True),
                name="channel_one_for_errors",
                violation_error_message="Un seul moyen de contact peut servir à signaler une erreur.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.label}"

    def natural_key(self) -> tuple[str, int]:
        return (self.administration.slug, self.position)

    natural_key.dependencies = ["errors_catalog.administration"]  # type: ignore[attr-defined]

    @property
    def telephone_uri(self) -> str:
        """The `tel:` address of a phone number, e.g. `tel:3230`; only the leading number is kept."""
        digits = "".join(character for character in self.value if character.isdigit() or character == "+")
        return f"tel:{digits}"

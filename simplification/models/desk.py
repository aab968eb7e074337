"""The team's own tools: answers ready to adapt, what administrations were told, the register of who opened what."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from simplification.models.document import Document
from simplification.models.submission import Submission


class AnswerTemplate(models.Model):
    """An answer that the team adapts before sending it."""

    name = models.CharField("nom", max_length=80, unique=True)
    text = models.TextField("texte", help_text="{numero} devient le numéro du document.")

    class Meta:
        verbose_name = "modèle de réponse"
        verbose_name_plural = "modèles de réponse"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Transmission(models.Model):
    """A letter of ours to an administration, as it was sent: nothing of the person, nothing of their file."""

    submission = models.ForeignKey(Submission, models.CASCADE, verbose_name="document", related_name="transmissions")
    to = models.EmailField("adresse de l'administration")
    text = models.TextField("texte")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="par", related_name="+", null=True, blank=True
    )
    at = models.DateTimeField("demandée le", auto_now_add=True)
    sent_at = models.DateTimeField("partie le", null=True, blank=True)
    refused_at = models.DateTimeField("refusée le", null=True, blank=True)

    class Meta:
        verbose_name = "transmission"
        verbose_name_plural = "transmissions"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="transmission_has_one_end", condition=Q(sent_at__isnull=True) | Q(refused_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission} à {self.to}"


class DocumentAccess(models.Model):
    """Who opened which document, when. Only ever added to: the database refuses a change or a removal."""

    class Action(models.TextChoices):
        VIEW = "view", "a vu la copie"
        DOWNLOAD = "download", "a téléchargé l'original"

    document = models.ForeignKey(Document, models.DO_NOTHING, verbose_name="fichier", related_name="accesses")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="par", related_name="+")
    action = models.CharField("action", max_length=8, choices=Action)
    at = models.DateTimeField("le", auto_now_add=True)

    class Meta:
        verbose_name = "accès à un document"
        verbose_name_plural = "accès aux documents"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="document_access_known", condition=Q(action__in=["view", "download"])),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.get_action_display()}"

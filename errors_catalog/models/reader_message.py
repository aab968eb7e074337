"""What readers tell the editors, without an account."""

from django.db import models


class ReaderMessage(models.Model):
    """A message about the catalogue. It holds no address: nobody is answered, the catalogue is mended."""

    class Kind(models.TextChoices):
        MISSING = "missing", "il manque une erreur"

    class Status(models.TextChoices):
        OPEN = "open", "à traiter"
        DONE = "done", "traité"

    kind = models.CharField("sujet", max_length=7, choices=Kind)
    query = models.CharField("recherche", max_length=200, blank=True)
    text = models.TextField("message", max_length=1000)
    created_at = models.DateTimeField("reçu le", auto_now_add=True)
    status = models.CharField("suite", max_length=4, choices=Status, default=Status.OPEN)

    class Meta:
        verbose_name = "message d'un lecteur"
        verbose_name_plural = "messages des lecteurs"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["missing"], status__in=["open", "done"]),
                name="reader_message_choices_known",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

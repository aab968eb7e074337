"""A file that was sent: its original, encrypted, and the view that agents open in its place."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from simplification.models.submission import Submission


class Document(models.Model):
    """One file, or the text that was pasted. `stored_as` and the pages name files of the encrypted storage."""

    class State(models.TextChoices):
        WAITING = "waiting", "en attente de contrôle"
        READY = "ready", "contrôlé"
        BLOCKED = "blocked", "retenu par l'antivirus"
        UNREADABLE = "unreadable", "illisible"
        DELETED = "deleted", "effacé"

    submission = models.ForeignKey(Submission, models.CASCADE, verbose_name="document", related_name="documents")
    position = models.PositiveSmallIntegerField("ordre")
    name = models.CharField("nom du fichier", max_length=120)
    kind = models.CharField("format", max_length=4)
    size = models.PositiveIntegerField("taille")
    sha256 = models.CharField("empreinte", max_length=64)
    findings = ArrayField(models.CharField(max_length=20), verbose_name="contenu actif", default=list, blank=True)
    stored_as = models.CharField("fichier chiffré", max_length=64, blank=True)
    state = models.CharField("état", max_length=10, choices=State, default=State.WAITING)
    slow_scans = models.PositiveSmallIntegerField("contrôles trop longs", default=0)
    verdict = models.CharField("antivirus", max_length=120, blank=True)
    text_stored_as = models.CharField("texte chiffré", max_length=64, blank=True)
    fingerprint = models.BigIntegerField("empreinte des mots", null=True, blank=True)
    is_truncated = models.BooleanField("vue incomplète", default=False)

    class Meta:
        verbose_name = "fichier"
        verbose_name_plural = "fichiers"
        ordering = ["submission", "position"]
        permissions = [("download_document", "télécharge l'original d'un fichier")]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "position"],
                name="document_position_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=["submission", "sha256"], name="document_sent_once"),
            models.CheckConstraint(
                name="document_is_stored_until_deleted", condition=Q(state="deleted", stored_as="") | ~Q(stored_as="")
            ),
            models.CheckConstraint(
                name="document_state_known",
                condition=Q(state__in=["waiting", "ready", "blocked", "unreadable", "deleted"]),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def may_be_seen(self) -> bool:
        """Whether agents may open its view: never before the antivirus has spoken."""
        return self.state == self.State.READY

    @property
    def may_be_downloaded(self) -> bool:
        """Whether agents may take its original: it was read to the end, and nothing of it acts when opened."""
        return self.state == self.State.READY and not self.findings


class DocumentPage(models.Model):
    """An image of a page, made from the original without anything of it but its look."""

    document = models.ForeignKey(Document, models.CASCADE, verbose_name="fichier", related_name="pages")
    position = models.PositiveSmallIntegerField("page")
    stored_as = models.CharField("fichier chiffré", max_length=64)

    class Meta:
        verbose_name = "page"
        verbose_name_plural = "pages"
        ordering = ["document", "position"]
        constraints = [models.UniqueConstraint(fields=["document", "position"], name="page_position_unique")]

    def __str__(self) -> str:
        return f"page {self.position}"

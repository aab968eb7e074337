"""A rewritten document: what it said, what it says now, and what changed."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from common.models import SlugModel, SlugQuerySet
from errors_catalog.models import Administration
from simplification.models.submission import Submission


class RewritingQuerySet(SlugQuerySet["Rewriting"]):
    def public(self) -> Self:
        """What anyone may read in the gallery."""
        return self.filter(status=Rewriting.Status.PUBLISHED)

    def ready(self) -> Self:
        """What its author shows to others: proposed, or published."""
        return self.exclude(status=Rewriting.Status.DRAFT)


class Rewriting(SlugModel):
    """Written by one person, published once another agrees. It never holds the citizen's file nor their words."""

    class Status(models.TextChoices):
        DRAFT = "draft", "brouillon"
        PROPOSED = "proposed", "à relire"
        PUBLISHED = "published", "publiée"

    title = models.CharField("titre", max_length=120)
    administration = models.ForeignKey(Administration, models.PROTECT, verbose_name="administration", related_name="+")
    submission = models.ForeignKey(
        Submission, models.SET_NULL, verbose_name="document", related_name="rewritings", null=True, blank=True
    )
    before = models.TextField("avant", help_text="Le texte d'origine, sans rien qui désigne une personne.")
    after = models.TextField("après")
    changes = models.TextField("ce qui a changé, et pourquoi", help_text="Markdown : listes, gras.")
    status = models.CharField("état", max_length=9, choices=Status, default=Status.DRAFT)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="écrite par", related_name="+", null=True
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="relue par", related_name="+", null=True, blank=True
    )
    published_at = models.DateTimeField("publiée le", null=True, blank=True)

    objects = RewritingQuerySet.as_manager()

    class Meta:
        verbose_name = "réécriture"
        verbose_name_plural = "réécritures"
        ordering = ["-published_at", "slug"]
        constraints = [
            models.CheckConstraint(
                name="published_rewriting_was_approved",
                condition=~Q(status="published") | Q(approved_by__isnull=False, published_at__isnull=False),
                violation_error_message="Une réécriture publiée a été relue.",
            ),
            models.CheckConstraint(
                name="rewriting_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("written_by")),
                violation_error_message="Une autre personne doit relire cette réécriture.",
            ),
            models.CheckConstraint(
                name="rewriting_status_known", condition=Q(status__in=["draft", "proposed", "published"])
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("simplification:rewriting", args=[self.slug])

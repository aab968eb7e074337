"""A document that somebody found hard, from its first screen to its answer."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from errors_catalog.models import Administration
from life_events.models import LifeEvent


class SubmissionQuerySet(models.QuerySet):
    def sent(self) -> Self:
        """Those whose sender went to the end: what the team and the figures know of."""
        return self.exclude(state=Submission.State.DRAFT)

    def open(self) -> Self:
        return self.sent().exclude(state__in=Submission.ENDED)


class LetterGroup(models.Model):
    """The same letter, sent by several people."""

    created_at = models.DateTimeField("créé le", auto_now_add=True)

    class Meta:
        verbose_name = "courrier signalé"
        verbose_name_plural = "courriers signalés"

    def __str__(self) -> str:
        return f"courrier {self.pk}"


class Submission(models.Model):
    """What one person sent. A draft has no number; what is sent has one, and a key that only its sender knows."""

    class State(models.TextChoices):
        DRAFT = "draft", "brouillon"
        RECEIVED = "received", "reçu"
        CHECKED = "checked", "contrôlé"
        REWRITING = "rewriting", "en cours de réécriture"
        FORWARDED = "forwarded", "transmis à l'administration"
        TESTED = "tested", "testé"
        PUBLISHED = "published", "publié"
        CLOSED = "closed", "classé"

    class Kind(models.TextChoices):
        LETTER = "letter", "une lettre"
        EMAIL = "email", "un courriel"
        FORM = "form", "un formulaire"
        SMS = "sms", "un SMS"
        WEB_PAGE = "web_page", "une page d'un site"
        OTHER = "other", "autre chose"

    class Difficulty(models.TextChoices):
        WORDS = "words", "les mots"
        WHAT_TO_DO = "what_to_do", "ce qu'il faut faire"
        DEADLINE = "deadline", "le délai"
        AMOUNT = "amount", "le montant"
        TONE = "tone", "le ton"
        LAYOUT = "layout", "la présentation"
        OTHER = "other", "autre chose"

    ENDED = [State.PUBLISHED, State.CLOSED]

    token = models.CharField("jeton du formulaire", max_length=43, unique=True)
    number = models.CharField("numéro", max_length=20, unique=True, null=True, blank=True)
    key_digest = models.CharField("empreinte de la clé de suivi", max_length=64, blank=True)
    state = models.CharField("état", max_length=9, choices=State, default=State.DRAFT)
    kind = models.CharField("nature", max_length=8, choices=Kind, blank=True)
    administration = models.ForeignKey(
        Administration, models.PROTECT, verbose_name="administration", related_name="+", null=True, blank=True
    )
    life_event = models.ForeignKey(
        LifeEvent, models.PROTECT, verbose_name="situation", related_name="+", null=True, blank=True
    )
    difficulties = ArrayField(
        models.CharField(max_length=10, choices=Difficulty),
        verbose_name="ce qui est difficile",
        default=list,
        blank=True,
    )
    comment = models.TextField("précisions", max_length=2000, blank=True)
    page_url = models.URLField("adresse de la page", max_length=500, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    agrees_to_test = models.BooleanField("accepte de relire la nouvelle version", default=False)

    group = models.ForeignKey(
        LetterGroup, models.SET_NULL, verbose_name="courrier", related_name="submissions", null=True, blank=True
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="suivi par", related_name="+", null=True, blank=True
    )
    notes = models.TextField("notes de l'équipe", blank=True)
    answer = models.TextField("réponse à la personne", blank=True)
    closing_reason = models.CharField("motif du classement", max_length=200, blank=True)

    created_at = models.DateTimeField("commencé le", auto_now_add=True)
    received_at = models.DateTimeField("reçu le", null=True, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    ended_at = models.DateTimeField("terminé le", null=True, blank=True)
    purge_on = models.DateField("documents effacés le", null=True, blank=True)
    files_deleted_at = models.DateTimeField("documents effacés", null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "document signalé"
        verbose_name_plural = "documents signalés"
        ordering = ["received_at", "pk"]
        permissions = [("count_submission", "lit les statistiques des documents")]
        constraints = [
            models.CheckConstraint(
                name="sent_submission_is_numbered",
                condition=Q(state="draft", number__isnull=True)
                | (
                    ~Q(state="draft")
                    & Q(number__isnull=False, received_at__isnull=False, purge_on__isnull=False)
                    & ~Q(key_digest="")
                ),
                violation_error_message="Un document envoyé porte un numéro, une date et une clé.",
            ),
            models.CheckConstraint(
                name="closed_submission_says_why",
                condition=~Q(state="closed") | ~Q(closing_reason=""),
                violation_error_message="Dites pourquoi ce document est classé.",
            ),
            models.CheckConstraint(
                name="submission_choices_known",
                condition=Q(
                    state__in=[
                        "draft", "received", "checked", "rewriting", "forwarded", "tested", "published", "closed",
                    ],
                    kind__in=["", "letter", "email", "form", "sms", "web_page", "other"],
                ),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "received_at"], name="submission_queue")]

    def __str__(self) -> str:
        return self.number or "brouillon"

    @property
    def age(self) -> int:
        """Whole days since its arrival, or since a draft was begun."""
        return (timezone.now() - (self.received_at or self.created_at)).days


class Event(models.Model):
    """A dated line of a submission's story. The public ones are what its sender reads."""

    submission = models.ForeignKey(Submission, models.CASCADE, verbose_name="document", related_name="events")
    at = models.DateTimeField("le", auto_now_add=True)
    text = models.CharField("ce qui s'est passé", max_length=300)
    is_public = models.BooleanField("visible de la personne", default=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="par", related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "étape"
        verbose_name_plural = "étapes"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text

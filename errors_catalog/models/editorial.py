"""What the desk keeps about an entry: the change somebody asks for, what happened to it, what must be read again."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from errors_catalog.models.frequent_error import FrequentError


class ProposalQuerySet(models.QuerySet):
    def open(self) -> "ProposalQuerySet":
        return self.filter(state__in=Proposal.OPEN)

    def in_review(self) -> "ProposalQuerySet":
        return self.filter(state=Proposal.State.IN_REVIEW)


class Proposal(models.Model):
    """What an entry would say once a second person agrees. The public page does not move meanwhile.

    `base` and `content` are documents of `errors_catalog.content`. `base` is what was public when the writing began;
    it is empty for an entry that was not public.
    """

    class State(models.TextChoices):
        WRITING = "writing", "en rédaction"
        IN_REVIEW = "in_review", "en relecture"
        SCHEDULED = "scheduled", "acceptée, publication programmée"
        ACCEPTED = "accepted", "acceptée"
        WITHDRAWN = "withdrawn", "abandonnée"

    OPEN = [State.WRITING, State.IN_REVIEW, State.SCHEDULED]

    error = models.ForeignKey(FrequentError, models.CASCADE, verbose_name="erreur", related_name="proposals")
    state = models.CharField("état", max_length=9, choices=State, default=State.WRITING)
    base = models.JSONField("contenu de départ", default=dict)
    content = models.JSONField("contenu proposé")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="proposée par", related_name="proposals"
    )
    created_at = models.DateTimeField("commencée le", auto_now_add=True)
    submitted_at = models.DateTimeField("envoyée en relecture le", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="relue par",
        related_name="decided_proposals",
        null=True,
        blank=True,
    )
    decided_at = models.DateTimeField("relue le", null=True, blank=True)
    comment = models.TextField("commentaire du relecteur", blank=True)
    publish_at = models.DateTimeField("à publier le", null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "proposition"
        verbose_name_plural = "propositions"
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["error"],
                condition=Q(state__in=["writing", "in_review", "scheduled"]),
                name="proposal_one_open",
                violation_error_message="Une proposition est déjà ouverte pour cette erreur.",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("author")),
                name="proposal_second_person",
                violation_error_message="La relecture est faite par une autre personne que l'auteur.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "scheduled"]) | Q(decided_by__isnull=False),
                name="proposal_accepted_by_somebody",
                violation_error_message="Une proposition est acceptée par quelqu'un.",
            ),
            models.CheckConstraint(
                condition=Q(state="scheduled", publish_at__isnull=False) | ~Q(state="scheduled"),
                name="proposal_scheduled_has_a_date",
                violation_error_message="Une publication programmée a une date.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["writing", "in_review", "scheduled", "accepted", "withdrawn"]),
                name="proposal_state_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.error} ({self.get_state_display()})"


class EntryEventQuerySet(models.QuerySet):
    def unsettled_writing(self) -> "EntryEventQuerySet":
        """Writing that was neither published nor given up: whoever did it had a hand in what is to be read."""
        settled = EntryEvent.objects.filter(
            error=OuterRef("error"), action__in=EntryEvent.SETTLED, pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(settled), action__in=EntryEvent.WRITING)


class EntryEvent(models.Model):
    """Something that happened to an entry: what, who, when, why. The database refuses to change it."""

    class Action(models.TextChoices):
        SAVED = "saved", "brouillon enregistré"
        PROPOSED = "proposed", "proposition enregistrée"
        SUBMITTED = "submitted", "envoyée en relecture"
        TAKEN_BACK = "taken_back", "reprise avant la relecture"
        SENT_BACK = "sent_back", "renvoyée à son auteur"
        SCHEDULED = "scheduled", "acceptée, publication programmée"
        PUBLISHED = "published", "publiée"
        WITHDRAWN = "withdrawn", "proposition abandonnée"
        CHECKED = "checked", "vérifiée"
        EXPIRY_SET = "expiry_set", "date de fin changée"
        ARCHIVED = "archived", "archivée"
        REOPENED = "reopened", "remise en brouillon"
        RENAMED = "renamed", "adresse changée"
        MERGED = "merged", "fusionnée"
        LOADED = "loaded", "chargée depuis les fichiers"

    # Whoever did one of these wrote the text, or answered for it: somebody else approves.
    WRITING = [Action.SAVED, Action.PROPOSED, Action.SUBMITTED]
    # After these what was written before no longer counts: it is what the public reads, or it was given up.
    SETTLED = [Action.PUBLISHED, Action.LOADED, Action.WITHDRAWN, Action.ARCHIVED]

    error = models.ForeignKey(FrequentError, models.CASCADE, verbose_name="erreur", related_name="events")
    action = models.CharField("action", max_length=10, choices=Action)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="par", related_name="+", null=True, blank=True
    )
    at = models.DateTimeField("le", default=timezone.now)
    comment = models.TextField("pourquoi", blank=True)
    content = models.JSONField("contenu", null=True, blank=True, help_text="Ce que l'erreur disait alors.")

    objects = EntryEventQuerySet.as_manager()

    class Meta:
        verbose_name = "événement d'une erreur"
        verbose_name_plural = "événements des erreurs"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["error", "-at"], name="entry_event_of_error"),
            models.Index(
                fields=["at"],
                include=["action"],
                condition=Q(action__in=["published", "checked"]),
                name="entry_event_by_week",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.error} : {self.get_action_display()}"


class RereadingRequest(models.Model):
    """An entry leans on something that changed: somebody must read it again.

    `about` is what a check has to look at for the request to be settled: a name of `services.care.CHECKED`.
    """

    class About(models.TextChoices):
        LAW = "law", "les références juridiques"
        CONTACTS = "contacts", "les contacts"

    error = models.ForeignKey(FrequentError, models.CASCADE, verbose_name="erreur", related_name="rereading_requests")
    cause = models.CharField("ce qui a changé", max_length=300)
    about = models.CharField("ce qu'il faut relire", max_length=8, choices=About, default=About.LAW)
    created_at = models.DateTimeField("demandée le", auto_now_add=True)
    settled_at = models.DateTimeField("relue le", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="relue par", related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "erreur à relire"
        verbose_name_plural = "erreurs à relire"
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["error", "cause"], condition=Q(settled_at__isnull=True), name="rereading_request_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.error} : {self.cause}"

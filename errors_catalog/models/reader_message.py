"""What readers tell the editors, without an account, and the answers that editors reuse."""

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.text import Truncator

from errors_catalog.models.frequent_error import FrequentError


class ReaderMessageQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        """What nobody has settled yet."""
        return self.filter(settled_at__isnull=True)

    def about(self, error: FrequentError) -> Self:
        return self.filter(error=error)

    def saying(self, reason: str) -> Self:
        """Messages that give this reason, one of `ReaderMessage.Reason`, among theirs."""
        return self.filter(reasons__contains=[reason])

    def oldest_first(self) -> Self:
        return self.order_by("created_at", "pk")

    def by_month(self) -> "models.QuerySet[Any, dict[str, Any]]":
        """« oui » and « non » of each month, the latest first: rows of `month`, `helpful`, `unhelpful`."""
        votes = self.filter(kind__in=ReaderMessage.VOTES).values(month=TruncMonth("created_at"))
        return votes.annotate(
            helpful=Count("pk", filter=Q(kind=ReaderMessage.Kind.HELPFUL)),
            unhelpful=Count("pk", filter=Q(kind=ReaderMessage.Kind.UNHELPFUL)),
        ).order_by("-month")


class ReaderMessage(models.Model):
    """What one reader says of one entry, or of an entry that is missing. It is never public.

    Its words are masked before they are kept. An address is there only when its owner wants an answer, until the answer
    has left. A « oui » that says nothing else is born settled: it counts, and asks nothing of anybody.
    """

    class Kind(models.TextChoices):
        MISSING = "missing", "il manque une erreur"
        HELPFUL = "helpful", "page utile"
        UNHELPFUL = "unhelpful", "page pas utile"

    class Reason(models.TextChoices):
        OTHER_CASE = "other_case", "je n'ai pas trouvé ma situation"
        HARD = "hard", "c'est trop difficile à comprendre"
        WRONG = "wrong", "une information est fausse ou n'est plus à jour"
        INCOMPLETE = "incomplete", "il manque une information"
        BROKEN_LINK = "broken_link", "un lien ne marche pas"
        OTHER = "other", "autre chose"

    VOTES = [Kind.HELPFUL, Kind.UNHELPFUL]
    MAX_LENGTH = 1000
    KEPT = timedelta(days=365)
    ADDRESS_KEPT = timedelta(days=90)

    kind = models.CharField("sujet", max_length=9, choices=Kind)
    error = models.ForeignKey(
        FrequentError,
        models.CASCADE,
        verbose_name="erreur",
        related_name="reader_messages",
        db_index=False,
        null=True,
        blank=True,
    )
    reasons = ArrayField(
        models.CharField(max_length=11, choices=Reason), verbose_name="raisons", default=list, blank=True
    )
    query = models.CharField("recherche", max_length=200, blank=True)
    text = models.TextField("message", max_length=MAX_LENGTH, blank=True)
    email = models.EmailField("adresse pour la réponse", blank=True)
    created_at = models.DateTimeField("reçu le", default=timezone.now, editable=False)
    settled_at = models.DateTimeField("traité le", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name="traité par", related_name="+", null=True, blank=True
    )
    note = models.TextField("note de l'équipe", blank=True)
    answer = models.TextField("réponse", blank=True)
    answered_at = models.DateTimeField("réponse partie le", null=True, blank=True)

    objects = ReaderMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message d'un lecteur"
        verbose_name_plural = "messages des lecteurs"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="missing", error__isnull=True, reasons=[])
                | Q(kind__in=["helpful", "unhelpful"], error__isnull=False, query=""),
                name="reader_message_about_one_thing",
                violation_error_message="Un avis porte sur une erreur ; une erreur qui manque, sur aucune.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="missing") | ~Q(text=""),
                name="reader_message_tells_what_is_missing",
                violation_error_message="Dites quelle erreur manque.",
            ),
            models.CheckConstraint(
                condition=Q(
                    reasons__contained_by=["other_case", "hard", "wrong", "incomplete", "broken_link", "other"]
                ),
                name="reader_message_reasons_known",
                violation_error_message="Une raison n'est pas dans la liste.",
            ),
            models.CheckConstraint(
                condition=Q(email="")
                | (~Q(text="") & Q(answered_at__isnull=True) & (Q(settled_at__isnull=True) | ~Q(answer=""))),
                name="reader_message_address_for_an_answer",
                violation_error_message="Une adresse n'est gardée que jusqu'à la réponse.",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=False) | Q(settled_by__isnull=True, note="", answer=""),
                name="reader_message_settled_on_a_day",
                violation_error_message="Un message traité porte la date du jour où il l'a été.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""),
                name="reader_message_answered_with_words",
                violation_error_message="Une réponse partie dit quelque chose.",
            ),
        ]
        indexes = [
            # Both are read alone, without the rows, to count votes and what is open.
            models.Index(fields=["error", "created_at"], include=["kind"], name="reader_message_of_error"),
            models.Index(
                fields=["created_at", "id"],
                include=["error", "kind"],
                condition=Q(settled_at__isnull=True),
                name="reader_message_open",
            ),
        ]

    def __str__(self) -> str:
        return Truncator(self.text).chars(80) or ", ".join(self.reasons_in_words) or str(self.get_kind_display())

    @property
    def reasons_in_words(self) -> list[str]:
        return [str(ReaderMessage.Reason(reason).label) for reason in self.reasons]


def validate_placeholders(text: str) -> None:
    """Refuse a marker that nothing replaces: its reader would receive it as it is."""
    rest = text
    for name in ReplyTemplate.PLACEHOLDERS:
        rest = rest.replace(name, "")
    if "{" in rest or "}" in rest:
        raise ValidationError(
            "Seuls {erreur} et {adresse} sont remplacés : retirez les autres accolades.", code="braces"
        )


class ReplyTemplate(models.Model):
    """An answer to readers that editors adapt before it leaves."""

    PLACEHOLDERS = ["{erreur}", "{adresse}"]

    title = models.CharField("titre", max_length=80, unique=True)
    text = models.TextField(
        "texte",
        validators=[validate_placeholders],
        help_text="{erreur} devient le titre de l'erreur, {adresse} l'adresse de sa page.",
    )

    class Meta:
        verbose_name = "réponse aux lecteurs"
        verbose_name_plural = "réponses aux lecteurs"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

"""A frequent error: the page that someone opens worried, and what it leans on."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse

from common.models import Audience, SlugModel
from errors_catalog.models.administration import Administration
from errors_catalog.models.legal_reference import LegalReference
from errors_catalog.querysets import FrequentErrorQuerySet, OfErrorQuerySet
from life_events.models import LifeEvent

MARKDOWN_HELP = "Markdown : listes, gras, liens."


class CheckDue(Func):
    """Six months after the check when the rule moves often, twelve otherwise."""

    template = "(%(expressions)s + CASE WHEN volatile THEN interval '6 months' ELSE interval '12 months' END)::date"
    output_field = models.DateField()


class Linked(Func):
    """The addresses that Markdown texts link to, each once; not those longer than 300 characters."""

    function = "oups_links"
    output_field = ArrayField(models.TextField())


class FrequentError(SlugModel):
    """An error that many people make in good faith, what it costs, and how to put it right.

    The row is what the public reads. Only `PUBLISHED` errors leave the editors' desk, and the database itself refuses a
    published error that lacks what its page promises: a date of publication, a date of check, the reason of its right.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "brouillon"
        IN_REVIEW = "in_review", "en relecture"
        PUBLISHED = "published", "publiée"
        ARCHIVED = "archived", "archivée"

    class RightToError(models.TextChoices):
        """Whether a first good-faith error, put right, is spared the sanction (CRPA L123-1 or a special regime)."""

        YES = "yes", "oui"
        PARTIAL = "partial", "en partie"
        NO = "no", "non"
        MOOT = "moot", "aucune sanction en jeu"

    # What its page tells in Markdown, in the order of the page.
    SECTIONS = ("correction", "sanction", "repayment", "situation", "prevention")

    title = models.CharField("titre", max_length=90, help_text="La phrase de l'usager, à la première personne.")
    audience = models.CharField("public", max_length=13, choices=Audience)
    summary = models.CharField("en bref", max_length=200, help_text="Que faire, en une ou deux phrases.")
    situation = models.TextField("pourquoi cette erreur est fréquente", help_text=f"50 à 120 mots. {MARKDOWN_HELP}")
    sanction = models.TextField("ce que l'on risque", help_text="20 à 90 mots. Les sanctions, jamais le remboursement.")
    repayment = models.TextField(
        "ce que l'on devra rembourser", help_text="10 à 70 mots. « Rien à rembourser » se dit."
    )
    correction = models.TextField("que faire maintenant", help_text="3 à 7 étapes numérotées, chacune avec un verbe.")
    prevention = models.TextField("comment l'éviter", help_text="2 à 5 puces.")
    right_to_error = models.CharField("droit à l'erreur", max_length=7, choices=RightToError)
    right_to_error_reason = models.CharField("raison", max_length=300, help_text="Une ou deux phrases.")
    keywords = ArrayField(
        models.CharField(max_length=80),
        verbose_name="mots de l'usager",
        default=list,
        blank=True,
        help_text="Ce que les gens tapent : 6 à 12 expressions séparées par des virgules.",
    )
    volatile = models.BooleanField(
        "règle qui bouge", default=False, help_text="À vérifier tous les six mois au lieu de douze."
    )
    administration = models.ForeignKey(
        Administration, models.PROTECT, verbose_name="administration", related_name="errors"
    )
    other_administrations = models.ManyToManyField(
        Administration, verbose_name="autres administrations", related_name="secondary_errors", blank=True
    )
    life_events = models.ManyToManyField(
        LifeEvent, through="ErrorLifeEvent", verbose_name="événements de vie", related_name="errors"
    )
    legal_references = models.ManyToManyField(
        LegalReference, verbose_name="références juridiques", related_name="errors", blank=True
    )
    related = models.ManyToManyField(
        "self",
        verbose_name="erreurs voisines",
        symmetrical=False,
        related_name="related_from",
        blank=True,
        help_text="Trois au plus, choisies pour le lecteur. La base de données refuse la quatrième.",
    )
    status = models.CharField("état", max_length=9, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField("publiée le", null=True, blank=True, editable=False)
    expires_on = models.DateField(
        "dernier jour public",
        null=True,
        blank=True,
        help_text="Quand la règle cesse. La page quitte le public le lendemain.",
    )
    checked_on = models.DateField("vérifiée le", null=True, blank=True)
    check_due = models.GeneratedField(
        verbose_name="à vérifier avant le",
        expression=CheckDue("checked_on"),
        output_field=models.DateField(null=True),
        db_persist=True,
        serialize=False,
    )
    links = models.GeneratedField(
        verbose_name="liens des textes",
        expression=Linked(*SECTIONS),
        output_field=ArrayField(models.TextField()),
        db_persist=True,
        serialize=False,
    )
    editor_note = models.TextField(
        "note aux rédacteurs", blank=True, help_text="Ce qui reste à vérifier. Jamais montrée au public."
    )

    objects = FrequentErrorQuerySet.as_manager()

    class Meta:
        verbose_name = "erreur fréquente"
        verbose_name_plural = "erreurs fréquentes"
        ordering = [F("checked_on").desc(nulls_last=True), "slug"]
        constraints = [
            models.UniqueConstraint(
                fields=["title"], name="error_title_unique", violation_error_message="Une autre erreur porte ce titre."
            ),
            models.CheckConstraint(
                name="published_error_is_dated",
                condition=~Q(status="published") | Q(published_at__isnull=False),
                violation_error_message="Une erreur publiée porte une date de publication.",
            ),
            models.CheckConstraint(
                name="published_error_is_checked",
                condition=~Q(status="published") | Q(checked_on__isnull=False),
                violation_error_message="Une erreur publiée porte une date de vérification : indiquez-la.",
            ),
            models.CheckConstraint(
                name="published_error_says_why",
                condition=~Q(status="published") | (~Q(right_to_error_reason="") & ~Q(keywords=[])),
                violation_error_message="Une erreur publiée dit la raison du droit à l'erreur et les mots de l'usager.",
            ),
            models.CheckConstraint(
                name="error_choices_known",
                condition=Q(
                    status__in=["draft", "in_review", "published", "archived"],
                    right_to_error__in=["yes", "partial", "no", "moot"],
                    audience__in=Audience.values,
                ),
                violation_error_message="L'état, le droit ou le public n'est pas dans la liste.",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-checked_on", "slug"], name="error_public_order"),
            models.Index(fields=["check_due"], condition=Q(status="published"), name="error_check_due"),
            models.Index(
                fields=["checked_on"], condition=~Q(status="archived") & ~Q(editor_note=""), name="error_noted"
            ),
            GinIndex(fields=["links"], name="error_links"),
        ]
        permissions = [("review_frequenterror", "Peut relire, publier et archiver une erreur")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("errors_catalog:detail", args=[self.slug])

    @property
    def ordered_life_events(self) -> list[LifeEvent]:
        """Its life events, main first. Needs the links of `with_life_events()` to cost no query."""
        return [link.life_event for link in self.life_event_links.all()]


class OfErrorModel(models.Model):
    """A row that belongs to an error and stands at a position in it: its natural key."""

    error: models.ForeignKey
    position = models.PositiveSmallIntegerField("ordre", default=1)

    objects = OfErrorQuerySet.as_manager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str, int]:
        return (self.error.slug, self.position)

    natural_key.dependencies = ["errors_catalog.frequenterror"]  # type: ignore[attr-defined]


def position_unique(name: str) -> models.UniqueConstraint:
    """Deferred, so that editors can exchange two rows in one save."""
    return models.UniqueConstraint(
        fields=["error", "position"],
        name=f"{name}_position_unique",
        deferrable=models.Deferrable.DEFERRED,
        violation_error_message="Deux lignes portent le même numéro d'ordre.",
    )


class ErrorLifeEvent(OfErrorModel):
    """A life event of an error; the first one is the main one."""

    error = models.ForeignKey(FrequentError, models.CASCADE, verbose_name="erreur", related_name="life_event_links")
    life_event = models.ForeignKey(
        LifeEvent, models.PROTECT, verbose_name="événement de vie", related_name="error_links"
    )

    class Meta:
        verbose_name = "événement de vie de l'erreur"
        verbose_name_plural = "événements de vie de l'erreur"
        ordering = ["error", "position"]
        constraints = [
            position_unique("error_life_event"),
            models.UniqueConstraint(
                fields=["error", "life_event"],
                name="error_life_event_unique",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Cet événement de vie est déjà dans la liste.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.life_event)


class Deadline(OfErrorModel):
    """What must be done, how long after what, under which article."""

    class Unit(models.TextChoices):
        HOUR = "hour", "heures"
        DAY = "day", "jours"
        MONTH = "month", "mois"

    error = models.ForeignKey(FrequentError, models.CASCADE, verbose_name="erreur", related_name="deadlines")
    trigger = models.CharField("à partir de", max_length=160, help_text="« Vous recevez un avis de trop-perçu ».")
    delay = models.PositiveSmallIntegerField("durée")
    unit = models.CharField("unité", max_length=5, choices=Unit)
    effect = models.CharField("ce que l'on peut ou doit faire", max_length=240)
    legal_reference = models.ForeignKey(
        LegalReference,
        models.PROTECT,
        verbose_name="référence juridique",
        related_name="deadlines",
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = "délai"
        verbose_name_plural = "délais"
        ordering = ["error", "position"]
        constraints = [
            position_unique("deadline"),
            models.CheckConstraint(
                condition=Q(delay__gte=1, unit__in=["hour", "day", "month"]),
                name="deadline_is_a_duration",
                violation_error_message="Un délai dure au moins une heure, un jour ou un mois.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duration} : {self.trigger}"

    @property
    def duration(self) -> str:
        """« 20 jours », « 1 mois », « 48 heures »."""
        unit = self.get_unit_display()
        return f"{self.delay} {unit.rstrip('s') if self.delay == 1 and self.unit != self.Unit.MONTH else unit}"


class OfficialSource(OfErrorModel):
    """An official page about the error, and the day somebody read it."""

    error = models.ForeignKey(FrequentError, models.CASCADE, verbose_name="erreur", related_name="sources")
    title = models.CharField("titre de la page", max_length=200)
    url = models.URLField("adresse", max_length=300)
    checked_on = models.DateField("lue le")

    class Meta:
        verbose_name = "source officielle"
        verbose_name_plural = "sources officielles"
        ordering = ["error", "position"]
        constraints = [
            position_unique("source"),
            models.CheckConstraint(
                condition=Q(url__startswith="https://"),
                name="source_is_https",
                violation_error_message="Une source officielle commence par https://.",
            ),
        ]
        indexes = [models.Index(fields=["url"], name="source_url")]

    def __str__(self) -> str:
        return self.title

"""The tables of the search: what editors teach it, what it derives from the catalogue, what people asked.

The derived tables are written by `errors_catalog.search.index` only, whole, in one transaction.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from common.models import MachineRow
from errors_catalog.models.frequent_error import FrequentError


class BestBet(models.Model):
    """An answer that editors impose for a wording, above whatever the search finds."""

    wording = models.CharField(
        "mots tapés", max_length=80, help_text="Accents, majuscules et ponctuation indifférents."
    )
    error = models.ForeignKey(FrequentError, models.CASCADE, verbose_name="réponse", related_name="best_bets")
    position = models.PositiveSmallIntegerField("ordre", default=1)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "réponse imposée"
        verbose_name_plural = "réponses imposées"
        ordering = ["wording", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["wording", "error"],
                name="best_bet_unique",
                violation_error_message="Cette réponse est déjà imposée pour ces mots.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wording} → {self.error}"


class SearchLexeme(MachineRow):
    """A stem of the public catalogue, and how rare it is."""

    lexeme = models.TextField(primary_key=True)
    entries = models.PositiveIntegerField()
    idf = models.FloatField(db_index=True)


class SearchPosting(MachineRow):
    """A stem in an entry: its weight there, and whether the title, the keywords or the summary hold it."""

    pk = models.CompositePrimaryKey("lexeme", "error_id")
    lexeme = models.TextField()
    # No constraint: rebuilt whole from the entries, and a check of each of a million rows would take longer than they.
    error = models.ForeignKey(FrequentError, models.CASCADE, related_name="+", db_constraint=False)
    weight = models.FloatField()
    in_head = models.BooleanField()


class SearchWord(MachineRow):
    """A word of the catalogue as it is written, without accents: the vocabulary that repairs spelling."""

    word = models.TextField(primary_key=True)
    lexeme = models.TextField()
    entries = models.PositiveIntegerField()


class SearchSynonym(MachineRow):
    """A wording, as stems, and another that the search tries in its place."""

    stems = ArrayField(models.TextField())
    replacement = ArrayField(models.TextField())
    weight = models.FloatField()

    class Meta:
        indexes = [models.Index(F("stems__0"), name="search_synonym_first_stem")]


class SearchWording(MachineRow):
    """A title or a keyword: it finds its entry when it is typed whole, and completes what is being typed."""

    text = models.TextField()
    normalised = models.TextField(db_index=True)
    error = models.ForeignKey(FrequentError, models.CASCADE, related_name="+")

    class Meta:
        indexes = [GinIndex(OpClass("normalised", "gin_trgm_ops"), name="search_wording_trigrams")]


class SearchMeaning(MachineRow):
    """What an entry means, as a vector of 384 float32, and the digest of the words it was made from."""

    error = models.OneToOneField(FrequentError, models.CASCADE, primary_key=True, related_name="+")
    vector = models.BinaryField()
    digest = models.CharField(max_length=64)


class SearchLog(models.Model):
    """How often something was asked in a day, and what it found. No address, no session, no account."""

    class Verdict(models.TextChoices):
        """What an editor said of the query."""

        OPEN = "open", "à traiter"
        DONE = "done", "traitée"
        OFF_TOPIC = "off_topic", "hors sujet"

    day = models.DateField("jour")
    query = models.CharField("recherche", max_length=80)
    audience = models.CharField("public", max_length=13, blank=True)
    results = models.PositiveIntegerField("résultats")
    confidence = models.FloatField("confiance")
    first = models.SlugField("première réponse", max_length=120, blank=True)
    times = models.PositiveIntegerField("fois", default=1)
    verdict = models.CharField("suite", max_length=9, choices=Verdict, default=Verdict.OPEN)

    class Meta:
        verbose_name = "recherche faite"
        verbose_name_plural = "recherches faites"
        ordering = ["-day", "-times", "query"]
        constraints = [
            models.UniqueConstraint(fields=["day", "query", "audience"], name="search_log_unique"),
            models.CheckConstraint(
                condition=Q(verdict__in=["open", "done", "off_topic"]), name="search_log_verdict_known"
            ),
        ]
        indexes = [
            # Both hold all that the work list reads of a search, at a hundred thousand lines.
            models.Index(fields=["day"], include=["times", "results"], name="search_log_by_week"),
            models.Index(
                fields=["query"],
                include=["times", "day"],
                condition=Q(verdict="open", results=0),
                name="search_log_unanswered",
            ),
        ]

    def __str__(self) -> str:
        return self.query

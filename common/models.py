"""What several models of the portal share."""

from typing import TypeVar

from django.db import models
from django.db.models import QuerySet


class Audience(models.TextChoices):
    """Whom a page speaks to. The values are public: they stand in addresses and in the open data."""

    PRIVATE = "particulier", "particulier"
    PROFESSIONAL = "professionnel", "professionnel"


Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class SlugQuerySet(QuerySet[Row_co]):
    """Rows known by their slug, in fixtures as in addresses."""

    def get_by_natural_key(self, slug: str) -> Row_co:
        return self.get(slug=slug)


class SlugModel(models.Model):
    """A row whose natural key is its slug."""

    slug = models.SlugField("adresse", max_length=120, unique=True, help_text="Ne change plus après publication.")

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class MachineRow(models.Model):
    """A row that only the machine writes and reads."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


class RateLimit(MachineRow):
    """How many times a network did something in an hour: see `common.rate_limit`."""

    key = models.CharField(max_length=64)
    hour = models.DateTimeField()
    times = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "hour"], name="rate_limit_unique")]

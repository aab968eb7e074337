"""Addresses that were once published: they lead to their entry for ever."""

from django.db import models

from common.models import SlugModel, SlugQuerySet
from errors_catalog.models.frequent_error import FrequentError


class FormerAddressQuerySet(SlugQuerySet["FormerAddress"]):
    pass


class FormerAddress(SlugModel):
    """The old slug of an entry that was renamed, or merged into another."""

    error = models.ForeignKey(FrequentError, models.PROTECT, verbose_name="erreur", related_name="former_addresses")

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        verbose_name = "ancienne adresse"
        verbose_name_plural = "anciennes adresses"
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug

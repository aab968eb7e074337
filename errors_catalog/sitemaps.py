"""What search engines may list: every public page of the catalogue."""

from datetime import date

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from errors_catalog.models import Administration, FrequentError
from life_events.models import LifeEvent

PROTOCOL = "https" if settings.HTTPS else "http"


class FrequentErrorSitemap(Sitemap):
    protocol = PROTOCOL

    def items(self) -> QuerySet:
        return FrequentError.objects.public().only("slug", "checked_on").order_by("slug")

    def lastmod(self, error: FrequentError) -> date | None:
        return error.checked_on


class LifeEventSitemap(Sitemap):
    protocol = PROTOCOL

    def items(self) -> QuerySet:
        return LifeEvent.objects.all()

    def location(self, event: LifeEvent) -> str:
        return reverse("errors_catalog:life_event", args=[event.slug])


class AdministrationSitemap(Sitemap):
    protocol = PROTOCOL

    def items(self) -> QuerySet:
        return Administration.objects.all()

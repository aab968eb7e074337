"""Sections of `/sitemap.xml`."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from errors_catalog.sitemaps import PROTOCOL, AdministrationSitemap, FrequentErrorSitemap, LifeEventSitemap
from simplification.models import Rewriting

PAGES = [
    "home",
    "errors_catalog:private_persons",
    "errors_catalog:professionals",
    "errors_catalog:administrations",
    "errors_catalog:list",
    "right_to_error",
    "simplification:introduction",
    "simplification:results",
    "simplification:gallery",
    "site_map",
    "legal_notice",
    "personal_data",
    "accessibility",
    "ecodesign",
    "open_data",
    "contact",
]


class PageSitemap(Sitemap):
    protocol = PROTOCOL

    def items(self) -> list[str]:
        return PAGES

    def location(self, name: str) -> str:
        return reverse(name)


class RewritingSitemap(Sitemap):
    protocol = PROTOCOL

    def items(self) -> QuerySet[Rewriting]:
        return Rewriting.objects.public()

    def lastmod(self, rewriting: Rewriting) -> datetime | None:
        return rewriting.published_at


SITEMAPS = {
    "pages": PageSitemap,
    "situations": LifeEventSitemap,
    "administrations": AdministrationSitemap,
    "erreurs": FrequentErrorSitemap,
    "reecritures": RewritingSitemap,
}

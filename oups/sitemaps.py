"""Sections of `/sitemap.xml`."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from errors_catalog.sitemaps import PROTOCOL, AdministrationSitemap, FrequentErrorSitemap, LifeEventSitemap

PAGES = [
    "home",
    "errors_catalog:private_persons",
    "errors_catalog:professionals",
    "errors_catalog:administrations",
    "errors_catalog:list",
    "right_to_error",
    "simplification:introduction",
    "site_map",
    "legal_notice",
    "personal_data",
    "accessibility",
    "contact",
]


class PageSitemap(Sitemap):
    protocol = PROTOCOL

    def items(self) -> list[str]:
        return PAGES

    def location(self, name: str) -> str:
        return reverse(name)


SITEMAPS = {
    "pages": PageSitemap,
    "situations": LifeEventSitemap,
    "administrations": AdministrationSitemap,
    "erreurs": FrequentErrorSitemap,
}

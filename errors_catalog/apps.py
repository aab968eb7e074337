from django.apps import AppConfig

from errors_catalog.search import freshness


class ErrorsCatalogConfig(AppConfig):
    name = "errors_catalog"
    verbose_name = "catalogue des erreurs"

    def ready(self) -> None:
        freshness.watch()

from django.apps import AppConfig


class ErrorsCatalogConfig(AppConfig):
    name = "errors_catalog"
    verbose_name = "catalogue des erreurs"

    def ready(self) -> None:
        from errors_catalog.search import freshness  # noqa: PLC0415  # models are not ready above

        freshness.watch()

from django.apps import AppConfig


class ErrorsCatalogConfig(AppConfig):
    name = "errors_catalog"
    verbose_name = "catalogue des erreurs"

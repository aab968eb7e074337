from django.apps import AppConfig


class OupsConfig(AppConfig):
    name = "oups"
    verbose_name = "portail"

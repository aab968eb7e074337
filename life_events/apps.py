from django.apps import AppConfig


class LifeEventsConfig(AppConfig):
    name = "life_events"
    verbose_name = "événements de vie"

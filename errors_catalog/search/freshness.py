"""A change to the catalogue reaches the search within seconds: the worker rebuilds the index after each commit.

Many changes close together make one rebuild: a job that is already waiting stands for all of them.
"""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

# Named, not imported: this is read before the models are.
WATCHED = [
    "errors_catalog.FrequentError",
    "errors_catalog.ErrorLifeEvent",
    "errors_catalog.Administration",
    "errors_catalog.Synonym",
    "life_events.LifeEvent",
]
TASK = "errors_catalog.tasks.rebuild_search"


def watch() -> None:
    for model in WATCHED:
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"search {model}")


def _changed(**kwargs: Any) -> None:
    transaction.on_commit(request_rebuild)


def request_rebuild() -> None:
    """Ask the worker to rebuild the index soon."""
    job = app.configure_task(TASK, lock="search_rebuild", queueing_lock="search_rebuild")
    try:
        with transaction.atomic():  # a refused job must not undo the caller's work
            job.defer()
    except AlreadyEnqueued:
        return

"""What the worker does for the catalogue, outside the requests."""

from procrastinate.contrib.django import app

from common import rate_limit
from errors_catalog.search import index, log
from errors_catalog.services import editing


@app.task
def rebuild_search() -> None:
    index.rebuild()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="keep_schedule")
def keep_schedule(timestamp: int) -> None:
    """Every minute: publications that were accepted for later, and entries on their last day."""
    editing.keep_schedule()


@app.periodic(cron="17 3 * * *")
@app.task
def forget_old_rows(timestamp: int) -> None:
    """Every night: searches of more than thirteen months ago, and rate limits that no longer count."""
    log.purge()
    rate_limit.forget()

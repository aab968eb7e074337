"""What the worker does for the catalogue, outside the requests."""

from procrastinate.contrib.django import app

from common import rate_limit
from errors_catalog.search import index, log


@app.task
def rebuild_search() -> None:
    index.rebuild()


@app.periodic(cron="17 3 * * *")
@app.task
def forget_old_rows(timestamp: int) -> None:
    """Every night: searches of more than thirteen months ago, and rate limits that no longer count."""
    log.purge()
    rate_limit.forget()

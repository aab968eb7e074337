"""What the worker does for the catalogue, outside the requests."""

from functools import partial

from procrastinate import JobContext
from procrastinate.contrib.django import app

from common import letters, rate_limit
from errors_catalog.models import ReaderMessage
from errors_catalog.search import index, log
from errors_catalog.services import editing, readers


@app.task
def rebuild_search() -> None:
    index.rebuild()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="keep_schedule")
def keep_schedule(timestamp: int) -> None:
    """Every minute: publications that were accepted for later, and entries on their last day."""
    editing.keep_schedule()


@app.task(queue=letters.QUEUE, retry=letters.Patience(), pass_context=True)
def answer_reader(context: JobContext, message_id: int) -> None:
    if message := ReaderMessage.objects.select_related("error").filter(pk=message_id).first():
        with letters.given_up_after(context, partial(readers.forget_address, message)):
            readers.send_answer(message)


@app.periodic(cron="17 3 * * *")
@app.task
def forget_old_rows(timestamp: int) -> None:
    """Every night: searches of thirteen months ago, readers' messages of a year, limits that no longer count."""
    log.purge()
    readers.forget()
    rate_limit.forget()

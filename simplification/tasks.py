"""What the worker does for hard documents. A failure that passes is tried again every fifteen seconds, for ever."""

from django.db import OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from common import letters
from common.antivirus import Unavailable
from common.uploads.sandbox import SandboxUnavailable
from simplification import keeping, notifications, processing
from simplification.models import Submission, Transmission

PASSING = {Unavailable, SandboxUnavailable, OperationalError, OSError}
DOCUMENTS = "documents"  # a queue of their own: see the command `worker`
AGAIN = RetryStrategy(wait=15, retry_exceptions=PASSING)


@app.task(queue=DOCUMENTS, retry=AGAIN)
def process(submission_id: int) -> None:
    if submission := Submission.objects.filter(pk=submission_id).first():
        processing.process(submission)


@app.task(queue=letters.QUEUE, retry=AGAIN)
def acknowledge(submission_id: int) -> None:
    if submission := Submission.objects.filter(pk=submission_id).first():
        notifications.acknowledge(submission)


@app.task(queue=letters.QUEUE, retry=AGAIN)
def send_answer(submission_id: int) -> None:
    if submission := Submission.objects.filter(pk=submission_id).first():
        notifications.send_answer(submission)


@app.task(queue=letters.QUEUE, retry=AGAIN)
def forward(transmission_id: int) -> None:
    if transmission := Transmission.objects.filter(pk=transmission_id, sent_at=None, refused_at=None).first():
        notifications.forward(transmission)


@app.periodic(cron="43 2 * * *")
@app.task
def drop_drafts(timestamp: int) -> None:
    """Every night: forms left unfinished."""
    keeping.drop_drafts()


@app.periodic(cron="44 2 * * *")
@app.task
def purge(timestamp: int) -> None:
    """Every night: documents whose time has come. Apart, so that a purge that stops holds back nothing else."""
    keeping.purge()


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="sweep")
def sweep(timestamp: int) -> None:
    """Files that nothing names: none stays long after it is old enough to be sure of it."""
    keeping.sweep()

"""What the worker does for hard documents. A failure that passes is tried again: for ever, but for a letter."""

from functools import partial

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from common import letters
from simplification import desk, keeping, notifications, processing
from simplification.models import Rewriting, Submission, Transmission

DOCUMENTS = "documents"  # a queue of their own: see the command `worker`
AGAIN = RetryStrategy(wait=15, retry_exceptions=processing.PASSING)


@app.task(queue=DOCUMENTS, retry=AGAIN)
def process(submission_id: int) -> None:
    if submission := Submission.objects.filter(pk=submission_id).first():
        processing.process(submission)


@app.task(queue=letters.QUEUE, retry=letters.Patience(), pass_context=True)
def acknowledge(context: JobContext, submission_id: int) -> None:
    if submission := Submission.objects.filter(pk=submission_id).first():
        with letters.given_up_after(context, partial(desk.note_lost_letter, submission)):
            notifications.acknowledge(submission)


@app.task(queue=letters.QUEUE, retry=letters.Patience(), pass_context=True)
def send_answer(context: JobContext, submission_id: int) -> None:
    if submission := Submission.objects.filter(pk=submission_id).first():
        with letters.given_up_after(context, partial(desk.note_lost_letter, submission)):
            notifications.send_answer(submission)


@app.task(queue=letters.QUEUE, retry=letters.Patience(), pass_context=True)
def ask_to_read(context: JobContext, submission_id: int, rewriting_id: int) -> None:
    submission = Submission.objects.filter(pk=submission_id).first()
    rewriting = Rewriting.objects.filter(pk=rewriting_id).first()
    if submission and rewriting:
        with letters.given_up_after(context, partial(desk.note_lost_letter, submission)):
            notifications.ask_to_read(submission, rewriting)


@app.task(queue=letters.QUEUE, retry=letters.Patience(), pass_context=True)
def forward(context: JobContext, transmission_id: int) -> None:
    if transmission := Transmission.objects.filter(pk=transmission_id, sent_at=None, refused_at=None).first():
        with letters.given_up_after(context, partial(desk.end_transmission, transmission, is_taken=False)):
            notifications.forward(transmission)


@app.periodic(cron="43 2 * * *")
@app.task
def forget_forms(timestamp: int) -> None:
    """Every night: forms left unfinished, and what gave the key of those that were sent."""
    keeping.drop_drafts()
    keeping.forget_tokens()


@app.periodic(cron="42 2 * * *")
@app.task
def ask_again(timestamp: int) -> None:
    """Every night: documents that still wait, and that no job looks after."""
    keeping.ask_again()


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

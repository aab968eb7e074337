"""Jobs asked of the worker, in the transaction of what they are about. What they do stands in `tasks`."""

from procrastinate.contrib.django import app

from simplification.models import Rewriting, Submission, Transmission


def process(submission: Submission) -> None:
    # One at a time for a submission. The letters have no such lock: they leave while the antivirus is down.
    _defer("process", lock=f"submission {submission.pk}", submission_id=submission.pk)


def acknowledge(submission: Submission) -> None:
    _defer("acknowledge", submission_id=submission.pk)


def send_answer(submission: Submission) -> None:
    _defer("send_answer", submission_id=submission.pk)


def ask_to_read(submission: Submission, rewriting: Rewriting) -> None:
    _defer("ask_to_read", submission_id=submission.pk, rewriting_id=rewriting.pk)


def forward(transmission: Transmission) -> None:
    """Under a lock of its own: an address that refuses our letter holds back nothing else of the submission."""
    _defer("forward", lock=f"transmission {transmission.pk}", transmission_id=transmission.pk)


def _defer(task: str, *, lock: str | None = None, **arguments: int) -> None:
    app.configure_task(f"simplification.tasks.{task}", lock=lock).defer(**arguments)

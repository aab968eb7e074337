"""Jobs asked of the worker, in the transaction of what they are about. What they do stands in `tasks`."""

from procrastinate.contrib.django import app

from simplification.models import Submission, Transmission

TASKS = "simplification.tasks"


def process(submission: Submission) -> None:
    # One at a time for a submission. The letters have no such lock: they leave while the antivirus is down.
    app.configure_task(f"{TASKS}.process", lock=f"submission {submission.pk}").defer(submission_id=submission.pk)


def acknowledge(submission: Submission) -> None:
    _defer("acknowledge", submission)


def send_answer(submission: Submission) -> None:
    _defer("send_answer", submission)


def forward(transmission: Transmission) -> None:
    """Under a lock of its own: an address that refuses our letter holds back nothing else of the submission."""
    app.configure_task(f"{TASKS}.forward", lock=f"transmission {transmission.pk}").defer(
        transmission_id=transmission.pk
    )


def _defer(task: str, submission: Submission) -> None:
    app.configure_task(f"{TASKS}.{task}").defer(submission_id=submission.pk)

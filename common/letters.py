"""A letter of ours to one person, whose address reaches no log."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.core.mail import EmailMessage
from django.db import OperationalError
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.jobs import Job

LAST_TRY = 127  # five days after the first one

logger = logging.getLogger(__name__)
QUEUE = "letters"  # of their own: see the command `worker`
PERMANENT = 500  # SMTP codes from here on will not change by asking again


class Undelivered(OSError):  # noqa: N818  # a refusal, not a fault
    """The mail server does not take the letter for now. It names the refusal, never the person."""


class Patience(BaseRetryStrategy):
    """Asks again after fifteen seconds, then less and less often, and every hour in the end.

    `given_up_after` ends it at `LAST_TRY`.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if not isinstance(exception, OSError | OperationalError):
            return None
        return RetryDecision(retry_in={"seconds": min(15 * 2 ** min(job.attempts, 8), 3600)})


@contextmanager
def given_up_after(context: JobContext, say: Callable[[], None]) -> Iterator[None]:
    """At the last try a letter that no server took is given up: `say` it instead of trying again."""
    try:
        yield
    except OSError:
        if context.job.attempts < LAST_TRY:
            raise
        say()


def send(subject: str, text: str, *, to: str, about: str, reply_to: str = "") -> bool:
    """Hand a letter to the mail server. False when the server says for good that it does not take it.

    `about` names the letter in our logs. Raises `OSError`, as `Undelivered` when the server answered: the worker tries
    again.
    """
    letter = EmailMessage(" ".join(subject.split()), text, to=[to], reply_to=[reply_to] if reply_to else None)
    try:
        letter.send()
    except (SMTPRecipientsRefused, SMTPDataError) as refusal:
        if min(_codes(refusal)) < PERMANENT:
            raise Undelivered(type(refusal).__name__) from None
        logger.warning("The mail server refuses for good the letter about %s.", about)
        return False
    except SMTPException as failure:
        raise Undelivered(type(failure).__name__) from None
    return True


def _codes(refusal: SMTPRecipientsRefused | SMTPDataError) -> list[int]:
    if isinstance(refusal, SMTPRecipientsRefused):
        return [code for code, _ in refusal.recipients.values()]
    return [refusal.smtp_code]

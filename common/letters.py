"""A letter of ours to one person, whose address reaches no log."""

import logging
from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import EmailMessage

logger = logging.getLogger(__name__)
PERMANENT = 500  # SMTP codes from here on will not change by asking again


class Undelivered(OSError):  # noqa: N818  # a refusal, not a fault
    """The mail server does not take the letter for now. It names the refusal, never the person."""


def send(subject: str, text: str, *, to: str, about: str) -> bool:
    """Hand a letter to the mail server. False when the server says that the address, given `about` a thing, is none.

    Raises `OSError`, as `Undelivered` when the server answered: the worker tries again.
    """
    try:
        EmailMessage(" ".join(subject.split()), text, to=[to]).send()
    except SMTPRecipientsRefused as refusal:
        if any(code < PERMANENT for code, _ in refusal.recipients.values()):
            raise Undelivered("SMTPRecipientsRefused") from None
        logger.warning("The address given with %s does not exist: nothing is sent to it.", about)
        return False
    except SMTPException as failure:
        raise Undelivered(type(failure).__name__) from None
    return True

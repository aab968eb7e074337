"""Letters of ours: an acknowledgement, an answer, a transmission. They hold no key and nothing of the document."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from common import letters
from simplification.models import Submission, Transmission


def acknowledge(submission: Submission) -> None:
    """Say that the document arrived. Raises `OSError`: the worker tries again."""
    _send(submission, f"Nous avons reçu votre document ({submission.number})", "simplification/emails/received.txt")


def send_answer(submission: Submission) -> None:
    """Say that an answer can be read on the tracking page. Raises as `acknowledge`."""
    _send(submission, f"Une réponse pour votre document {submission.number}", "simplification/emails/answered.txt")


def forward(transmission: Transmission) -> None:
    """Send an administration what its letter made hard, once. Raises as `acknowledge`."""
    EmailMessage(
        f"Un courrier difficile à comprendre ({transmission.submission.number})",
        transmission.text,
        to=[transmission.to],
        reply_to=[settings.SIMPLIFICATION_EMAIL],
    ).send()
    transmission.sent_at = timezone.now()
    transmission.save(update_fields=["sent_at"])


def _send(submission: Submission, subject: str, template: str) -> None:
    if not submission.email:  # deleted at its owner's wish meanwhile
        return
    context = {
        "submission": submission,
        "tracking_url": f"{settings.SITE_URL}{reverse('simplification:tracking')}",
    }
    letters.send(subject, render_to_string(template, context), to=submission.email, about=submission.number)

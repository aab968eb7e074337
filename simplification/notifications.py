"""Letters of ours: an acknowledgement, an answer, a transmission. They hold no key and nothing of the document."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from common import letters
from simplification import desk
from simplification.models import Rewriting, Submission, Transmission


def acknowledge(submission: Submission) -> None:
    """Say that the document arrived. Raises `OSError`: the worker tries again."""
    _send(submission, f"Nous avons reçu votre document ({submission.number})", "simplification/emails/received.txt")


def send_answer(submission: Submission) -> None:
    """Say that an answer can be read on the tracking page. Raises as `acknowledge`."""
    _send(submission, f"Une réponse pour votre document {submission.number}", "simplification/emails/answered.txt")


def ask_to_read(submission: Submission, rewriting: Rewriting) -> None:
    """Send a new version to somebody who agreed to read it; they answer to the team. Raises as `acknowledge`."""
    subject = f"Voulez-vous relire la nouvelle version ? ({submission.number})"
    _send(
        submission, subject, "simplification/emails/reading.txt", rewriting=rewriting,
        reply_to=settings.SIMPLIFICATION_EMAIL,
    )  # fmt: skip


def forward(transmission: Transmission) -> None:
    """Send an administration what its letter made hard, once. Raises as `acknowledge`."""
    number = str(transmission.submission.number)
    is_taken = letters.send(
        f"Un courrier difficile à comprendre ({number})",
        transmission.text,
        to=transmission.to,
        about=number,
        reply_to=settings.SIMPLIFICATION_EMAIL,
    )
    desk.end_transmission(transmission, is_taken=is_taken)


def _send(submission: Submission, subject: str, template: str, *, reply_to: str = "", **more: Rewriting) -> None:
    if not submission.email:  # deleted at its owner's wish meanwhile
        return
    context = {
        "submission": submission,
        "tracking_url": f"{settings.SITE_URL}{reverse('simplification:tracking')}",
        **more,
    }
    text = render_to_string(template, context)
    letters.send(subject, text, to=submission.email, about=str(submission.number), reply_to=reply_to)

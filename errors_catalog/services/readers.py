"""What readers tell: kept without what would say who they are, settled by the editors, forgotten in time."""

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from procrastinate.contrib.django import app

from common import letters
from common.personal_data import masked
from errors_catalog.models import FrequentError, ReaderMessage, ReplyTemplate

Kind = ReaderMessage.Kind


def report_missing_error(text: str, *, query: str) -> None:
    """Keep what a reader did not find."""
    ReaderMessage.objects.create(kind=Kind.MISSING, query=masked(query), text=masked(text))


def record_opinion(error: FrequentError, *, kind: str, reasons: Sequence[str], text: str, email: str) -> None:
    """Keep what a reader says of an entry. A « oui » and nothing else is settled at once."""
    is_plain = kind == Kind.HELPFUL and not (reasons or text)
    now = timezone.now()
    ReaderMessage.objects.create(
        error=error,
        kind=kind,
        reasons=[reason for reason in ReaderMessage.Reason.values if reason in reasons],
        text=masked(text),
        email=email,
        created_at=now,
        settled_at=now if is_plain else None,
    )


@transaction.atomic
def settle(message: ReaderMessage, *, note: str = "", by: User) -> None:
    """Close a message without an answer: the address, if there is one, goes at once. Raises `ValidationError`."""
    _close(message, by=by, note=note, email="")


@transaction.atomic
def answer(message: ReaderMessage, *, text: str, by: User) -> None:
    """Answer by e-mail and close the message; the address goes once the answer has left. Raises `ValidationError`."""
    locked = _close(message, by=by, answer=text)
    if not locked.email:
        nobody = "Cette personne n'a pas laissé d'adresse : aucune réponse ne peut partir."
        raise ValidationError(nobody, code="no_address")
    app.configure_task("errors_catalog.tasks.answer_reader", lock=f"reader message {locked.pk}").defer(
        message_id=locked.pk
    )


def settle_all(messages: QuerySet[ReaderMessage], *, by: User) -> int:
    """Close those of these messages that nobody has settled and whose reader awaits no answer. Returns how many."""
    chosen = ReaderMessage.objects.open().filter(pk__in=messages.order_by().values("pk"), email="")
    return chosen.update(settled_at=timezone.now(), settled_by=by)


def send_answer(message: ReaderMessage) -> None:
    """Send the answer that waits, then forget the address. Raises `OSError`: the worker tries again."""
    if not message.email:  # it has left, or the address is forgotten
        return
    context = {"message": message, "site_url": settings.SITE_URL}
    text = render_to_string("errors_catalog/emails/reader_answer.txt", context)
    subject = f"Votre message sur la page « {message.error} »"
    is_sent = letters.send(subject, text, to=message.email, about=f"reader message {message.pk}")
    message.email = ""
    message.answered_at = timezone.now() if is_sent else None
    message.save(update_fields=["email", "answered_at"])


def forget_address(message: ReaderMessage) -> None:
    """Nothing more is to be sent there. Without a day of answer, the page of the message says that it never left."""
    ReaderMessage.objects.filter(pk=message.pk).update(email="")


def filled(template: ReplyTemplate, message: ReaderMessage) -> str:
    """A ready answer with the entry's title and address in their places."""
    if message.error is None:
        return template.text
    address = f"{settings.SITE_URL}{message.error.get_absolute_url()}"
    return template.text.replace("{erreur}", message.error.title).replace("{adresse}", address)


def forget() -> None:
    """Drop the addresses, then the messages, whose time has come."""
    now = timezone.now()
    ReaderMessage.objects.filter(created_at__lte=now - ReaderMessage.ADDRESS_KEPT).exclude(email="").update(email="")
    ReaderMessage.objects.filter(created_at__lte=now - ReaderMessage.KEPT).delete()


def _close(message: ReaderMessage, *, by: User, **values: str) -> ReaderMessage:
    locked = ReaderMessage.objects.select_for_update(of=["self"]).get(pk=message.pk)
    if locked.settled_at is not None:
        raise ValidationError("Ce message est déjà traité.", code="settled")
    for name, value in {**values, "settled_at": timezone.now(), "settled_by": by}.items():
        setattr(locked, name, value)
    locked.save(update_fields=[*values, "settled_at", "settled_by"])
    return locked

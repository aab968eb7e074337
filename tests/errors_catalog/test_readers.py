"""What becomes of readers' messages: their invariants, their settling, their answers, how long they are kept."""

import logging
import smtplib
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from common import letters
from errors_catalog import tasks
from errors_catalog.models import FrequentError, ReaderMessage, ReplyTemplate
from errors_catalog.querysets import FEWEST_UNHELPFUL
from errors_catalog.services import readers
from tests.factories import FrequentErrorFactory, ReaderMessageFactory, StaffFactory

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def ago(days: int, **time: int) -> object:
    return timezone.now() - timedelta(days=days, **time)


@pytest.fixture
def editor():
    return StaffFactory()


# --- Invariants -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "missing"},
        {"error": None},
        {"kind": "autre"},
        {"query": "ruche"},
        {"reasons": ["inconnue"]},
        {"missing": True, "text": ""},
        {"missing": True, "reasons": ["hard"]},
        {"email": "a@exemple.fr", "text": ""},
        {"email": "a@exemple.fr", "settled_at": NOW},
        {"email": "a@exemple.fr", "settled_at": NOW, "answer": "Oui", "answered_at": NOW},
        {"note": "Corrigé"},
        {"answer": "Oui"},
        {"settled_at": NOW, "answered_at": NOW},
    ],
    ids=str,
)
def test_the_database_refuses_what_cannot_be(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReaderMessageFactory(**values)


def test_a_refusal_is_said_in_french():
    message = ReaderMessageFactory.build(kind="missing", error=None)

    with pytest.raises(ValidationError, match="Un avis porte sur une erreur"):
        message.validate_constraints()


@pytest.mark.parametrize("text", ["Bonjour {prenom}", "{", "}{erreur}"])
def test_a_ready_answer_has_no_marker_that_nothing_replaces(text):
    with pytest.raises(ValidationError, match="retirez les autres accolades"):
        ReplyTemplate(title="Merci", text=text).full_clean()


# --- Settling ---------------------------------------------------------------------------------------------------------


def test_settling_signs_the_message_and_drops_its_address(editor):
    message = ReaderMessageFactory(email="a@exemple.fr")

    readers.settle(message, note="Corrigé.", by=editor)

    message.refresh_from_db()
    assert (message.settled_by, message.note, message.email) == (editor, "Corrigé.", "")
    assert not ProcrastinateJob.objects.exists()


def test_a_message_is_settled_once(editor):
    message = ReaderMessageFactory()
    readers.settle(message, by=editor)

    with pytest.raises(ValidationError, match="déjà traité"):
        readers.settle(message, note="Encore", by=StaffFactory())

    message.refresh_from_db()
    assert (message.settled_by, message.note) == (editor, "")


def test_who_left_no_address_is_not_answered(editor):
    message = ReaderMessageFactory()

    with pytest.raises(ValidationError, match="pas laissé d'adresse"):
        readers.answer(message, text="Bonjour", by=editor)

    message.refresh_from_db()
    assert message.settled_at is None


def test_many_are_settled_at_once_but_those_who_await_an_answer(editor):
    settled = ReaderMessageFactory(settled_at=timezone.now(), note="Avant")
    ReaderMessageFactory.create_batch(2)
    waiting = ReaderMessageFactory(email="a@exemple.fr")

    assert readers.settle_all(ReaderMessage.objects.all(), by=editor) == 2

    assert list(ReaderMessage.objects.open()) == [waiting]
    settled.refresh_from_db()
    assert settled.settled_by is None


# --- Answers ----------------------------------------------------------------------------------------------------------


def test_an_answer_leaves_by_e_mail_then_the_address_is_forgotten(editor, run_worker):
    error = FrequentErrorFactory(published=True, title="J'ai perdu ma carte", slug="carte")
    message = ReaderMessageFactory(error=error, email="jean@exemple.fr")

    readers.answer(message, text="Le délai est bien de deux mois.", by=editor)
    assert ReaderMessage.objects.get().email == "jean@exemple.fr"
    run_worker()

    letter = mail.outbox[0]
    assert (letter.to, letter.subject) == (["jean@exemple.fr"], "Votre message sur la page « J'ai perdu ma carte »")
    assert "Le délai est bien de deux mois." in letter.body
    assert "https://oups.example/erreurs/carte/" in letter.body
    message.refresh_from_db()
    assert (message.email, message.settled_by) == ("", editor)
    assert message.answered_at


def test_an_answer_is_sent_once_even_when_its_job_runs_twice(editor):
    message = ReaderMessageFactory(email="jean@exemple.fr")
    readers.answer(message, text="Oui.", by=editor)

    for _ in range(2):
        readers.send_answer(ReaderMessage.objects.get())

    assert len(mail.outbox) == 1


def test_an_entry_withdrawn_meanwhile_is_not_linked_in_the_answer(editor):
    message = ReaderMessageFactory(email="jean@exemple.fr", error=FrequentErrorFactory())
    readers.answer(message, text="Oui.", by=editor)

    readers.send_answer(ReaderMessage.objects.get())

    assert "/erreurs/" not in mail.outbox[0].body


def test_a_mail_server_that_is_down_costs_no_answer(editor, settings, run_worker):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    message = ReaderMessageFactory(email="jean@exemple.fr")

    readers.answer(message, text="Oui.", by=editor)
    run_worker()

    job = ProcrastinateJob.objects.get(task_name="errors_catalog.tasks.answer_reader")
    assert (job.status, job.attempts, job.queue_name) == ("todo", 1, "letters")
    assert ReaderMessage.objects.get().email == "jean@exemple.fr"


def refused(monkeypatch, failure: Exception) -> None:
    """The mail server answers in this way from now on."""

    def send(letter: EmailMessage) -> None:
        raise failure

    monkeypatch.setattr(EmailMessage, "send", send)


def test_an_address_that_does_not_exist_is_forgotten(editor, monkeypatch):
    refused(monkeypatch, smtplib.SMTPRecipientsRefused({"jean@exemple.fr": (550, b"unknown")}))
    message = ReaderMessageFactory(email="jean@exemple.fr")
    readers.answer(message, text="Oui.", by=editor)

    readers.send_answer(ReaderMessage.objects.get())

    message.refresh_from_db()
    assert (message.email, message.answered_at) == ("", None)


def test_an_answer_that_could_not_leave_in_five_days_is_given_up(editor, monkeypatch, run_worker):
    refused(monkeypatch, ConnectionRefusedError())
    message = ReaderMessageFactory(email="jean@exemple.fr")
    readers.answer(message, text="Oui.", by=editor)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = %s", [letters.LAST_TRY])

    run_worker()

    message.refresh_from_db()
    assert (message.email, message.answered_at) == ("", None)


@pytest.mark.parametrize(
    "failure",
    [
        smtplib.SMTPRecipientsRefused({"canari@exemple.fr": (450, b"canari@exemple.fr: later")}),
        smtplib.SMTPRecipientsRefused({"canari@exemple.fr": (550, b"canari@exemple.fr: unknown")}),
        smtplib.SMTPDataError(451, b"canari@exemple.fr: later"),
    ],
    ids=["later", "unknown", "data"],
)
def test_no_log_names_who_is_answered_nor_what(editor, monkeypatch, caplog, run_worker, failure):
    caplog.set_level(logging.DEBUG)
    refused(monkeypatch, failure)

    readers.answer(ReaderMessageFactory(email="canari@exemple.fr"), text="Canari", by=editor)
    run_worker()

    assert "answer_reader" in caplog.text
    assert "anari" not in caplog.text


# --- How long ---------------------------------------------------------------------------------------------------------


def test_an_address_is_kept_ninety_days_and_no_more():
    old = ReaderMessageFactory(email="a@exemple.fr", created_at=ago(90))
    recent = ReaderMessageFactory(email="b@exemple.fr", created_at=ago(89, hours=23))

    tasks.forget_old_rows(0)

    old.refresh_from_db()
    recent.refresh_from_db()
    assert (old.email, old.text, recent.email) == ("", "Je n'ai pas compris.", "b@exemple.fr")


def test_an_answer_that_could_not_leave_in_ninety_days_leaves_no_address():
    message = ReaderMessageFactory(email="a@exemple.fr", created_at=ago(91), settled_at=ago(60), answer="Oui")

    tasks.forget_old_rows(0)

    message.refresh_from_db()
    assert (message.email, message.answered_at) == ("", None)


def test_a_message_is_kept_a_year_and_no_more():
    ReaderMessageFactory(created_at=ago(365))
    ReaderMessageFactory(missing=True, created_at=ago(366))
    recent = ReaderMessageFactory(created_at=ago(364))

    tasks.forget_old_rows(0)

    assert list(ReaderMessage.objects.all()) == [recent]


# --- Vocabulary -------------------------------------------------------------------------------------------------------


def test_open_messages_about_an_error_saying_something():
    error = FrequentErrorFactory()
    wanted = ReaderMessageFactory(error=error, reasons=["wrong", "hard"])
    ReaderMessageFactory(error=error, reasons=["hard"])
    ReaderMessageFactory(error=error, reasons=["wrong"], settled_at=timezone.now())
    ReaderMessageFactory(reasons=["wrong"])

    assert list(ReaderMessage.objects.open().about(error).saying("wrong")) == [wanted]


def test_votes_are_counted_by_month():
    error = FrequentErrorFactory()
    month = timezone.localtime().replace(day=15, hour=12, minute=0, second=0, microsecond=0) - timedelta(days=31)
    ReaderMessageFactory(error=error, created_at=month)
    ReaderMessageFactory.create_batch(2, error=error, helpful=True, created_at=month)
    ReaderMessageFactory(error=error)
    ReaderMessageFactory(missing=True)

    months = list(ReaderMessage.objects.about(error).by_month())

    assert [(line["helpful"], line["unhelpful"]) for line in months] == [(0, 1), (2, 1)]
    assert months[1]["month"] == month.replace(day=1, hour=0)


def marked(*, no: int, yes: int = 0, days: int = 0, **values: object) -> FrequentError:
    """An entry with as many answers, all given as many days ago."""
    error = FrequentErrorFactory(published=True)
    ReaderMessageFactory.create_batch(no, error=error, created_at=ago(days), **values)
    ReaderMessageFactory.create_batch(yes, error=error, created_at=ago(days), helpful=True)
    return error


def test_entries_marked_unhelpful_are_listed_the_most_often_first(django_assert_num_queries):
    some, many = marked(no=FEWEST_UNHELPFUL, yes=7), marked(no=FEWEST_UNHELPFUL + 1)

    with django_assert_num_queries(1):
        found = list(FrequentError.objects.public().marked_unhelpful())

    assert [(error, error.helpful, error.unhelpful) for error in found] == [(many, 0, 6), (some, 7, 5)]


@pytest.mark.parametrize(
    "answers",
    [
        {"no": FEWEST_UNHELPFUL - 1},
        {"no": FEWEST_UNHELPFUL, "yes": 8},
        {"no": FEWEST_UNHELPFUL, "days": 91},
        {"no": FEWEST_UNHELPFUL, "settled_at": NOW},
    ],
    ids=["too few", "more yes", "too old", "settled"],
)
def test_an_entry_is_not_marked_unhelpful_for(answers):
    marked(**answers)

    assert not FrequentError.objects.marked_unhelpful().exists()

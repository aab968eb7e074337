"""Mail servers of every temper: what leaves, what is tried again, what is given up, and what the logs do not hold."""

import socket

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from common import letters
from common.logging import JsonFormatter
from simplification import desk
from simplification.models import Document, Submission, Transmission
from tests.factories import StaffFactory
from tests.simplification.machines import Mailbox, mail_server
from tests.simplification.situations import QUEUE, controlled, page_of, received

pytestmark = pytest.mark.usefixtures("queue", "without_antivirus")

ADDRESS = "service@exemple.fr"
NOBODY = "550 5.1.1 No such user"
LATER = "451 4.7.1 Greylisted, try again later"


@pytest.fixture(autouse=True)
def _by_smtp(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1


def job(name: str) -> ProcrastinateJob:
    return ProcrastinateJob.objects.get(task_name=f"simplification.tasks.{name}")


def deliver(settings, run_worker, mailbox: Mailbox) -> None:
    with mail_server(mailbox) as settings.EMAIL_PORT:
        run_worker()


def forwarded() -> Submission:
    submission = controlled()
    desk.forward(submission, to=ADDRESS, by=StaffFactory(role="équipe simplification"))
    return submission


def test_a_mail_server_that_is_down_is_asked_again(run_worker):
    received(email="a@exemple.fr")

    run_worker()

    assert (job("acknowledge").status, job("acknowledge").attempts) == ("todo", 1)


def test_a_mail_server_that_accepts_and_never_answers_holds_no_document(settings, run_worker):
    received(email="a@exemple.fr")
    with socket.create_server(("127.0.0.1", 0)) as hung:
        settings.EMAIL_PORT = hung.getsockname()[1]

        run_worker()

    assert (job("acknowledge").status, job("acknowledge").attempts) == ("todo", 1)
    assert Document.objects.get().state == Document.State.READY


def test_a_slow_mail_server_receives_one_letter(settings, run_worker):
    settings.EMAIL_TIMEOUT = 10
    received(email="a@exemple.fr")
    mailbox = Mailbox(seconds=3)

    deliver(settings, run_worker, mailbox)

    assert mailbox.next()["To"] == "a@exemple.fr"
    assert (mailbox.letters.empty(), job("acknowledge").status) == (True, "succeeded")


@pytest.mark.parametrize("at", ["RCPT", "DATA"])
def test_a_letter_refused_for_now_is_tried_again(settings, run_worker, at):
    received(email="a@exemple.fr")

    deliver(settings, run_worker, Mailbox(LATER, at=at))

    assert (job("acknowledge").status, job("acknowledge").attempts) == ("todo", 1)


@pytest.mark.parametrize("at", ["RCPT", "DATA"])
def test_an_address_that_does_not_exist_is_written_to_once(settings, run_worker, at):
    received(email="a@exemple.fr")
    mailbox = Mailbox(NOBODY, at=at)

    deliver(settings, run_worker, mailbox)

    assert (job("acknowledge").status, mailbox.tries) == ("succeeded", 1)


@pytest.mark.parametrize("refusal", [LATER, NOBODY])
def test_no_log_holds_the_address_that_was_refused(settings, run_worker, caplog, refusal):
    received(email="canari@exemple.fr")

    deliver(settings, run_worker, Mailbox(refusal))

    ours = [JsonFormatter().format(record) for record in caplog.records if record.name != "mail.log"]
    assert any("acknowledge" in line for line in ours)
    assert not any("canari" in line for line in ours)


@pytest.mark.parametrize("at", ["RCPT", "DATA"])
def test_an_administration_that_refuses_for_good_is_not_asked_again(settings, run_worker, at):
    submission = forwarded()

    deliver(settings, run_worker, Mailbox(NOBODY, at=at))

    transmission = Transmission.objects.get()
    assert (job("forward").status, transmission.sent_at) == ("succeeded", None)
    assert transmission.refused_at
    assert "vérifiez l'adresse" in submission.events.filter(is_public=False).last().text


def test_the_team_sees_the_refused_letter_in_the_queue_and_on_its_page(settings, run_worker, client, person):
    submission = forwarded()
    deliver(settings, run_worker, Mailbox(NOBODY))

    assert "lettre refusée" in client.get(QUEUE).content.decode()
    assert "<strong>refusée le" in client.get(page_of(submission)).content.decode()


def test_a_refused_letter_may_leave_again_for_the_same_address(settings, run_worker):
    submission = forwarded()
    deliver(settings, run_worker, Mailbox(NOBODY))
    desk.forward(submission, to=ADDRESS, by=StaffFactory(role="équipe simplification"))
    mailbox = Mailbox()

    deliver(settings, run_worker, mailbox)

    assert mailbox.next()["To"] == ADDRESS
    assert Transmission.objects.filter(sent_at__isnull=False).count() == 1


def already_tried(times: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = %s", [times])


@pytest.mark.parametrize(("times", "seconds"), [(0, 15), (3, 120), (50, 3600)])
def test_a_mail_server_that_stays_down_is_asked_less_and_less_often(run_worker, times, seconds):
    received(email="a@exemple.fr")
    already_tried(times)

    run_worker()

    waiting = (job("acknowledge").scheduled_at - timezone.now()).total_seconds()
    assert seconds - 15 < waiting <= seconds


def test_a_letter_that_could_not_leave_in_five_days_is_given_up_and_said_to_the_team(run_worker):
    submission = received(email="a@exemple.fr")
    already_tried(letters.LAST_TRY)

    run_worker()

    assert job("acknowledge").status == "succeeded"
    assert "cinq jours" in submission.events.filter(is_public=False).get().text


def test_a_letter_to_an_administration_that_could_not_leave_in_five_days_may_be_sent_again(run_worker):
    forwarded()
    already_tried(letters.LAST_TRY)

    run_worker()

    assert job("forward").status == "succeeded"
    assert Transmission.objects.get().refused_at

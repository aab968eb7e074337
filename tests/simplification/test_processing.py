"""From the reception to the view that agents open, with a real antivirus."""

import io
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from common.antivirus import TooSlow, Unavailable
from common.encrypted_storage import UnreadableFileError
from simplification import keeping, notifications, processing, services
from simplification.models import Document, Submission
from simplification.storage import documents
from tests.clamd import EICAR
from tests.simplification.letters import LETTER, photo
from tests.simplification.situations import received

pytestmark = pytest.mark.django_db


@pytest.fixture
def antivirus(settings, clamd):
    settings.CLAMD_ADDRESS = clamd.address
    return clamd


def test_a_clean_letter_becomes_images_and_text(antivirus):
    submission = received()

    processing.process(submission)

    document = submission.documents.get()
    assert document.state == Document.State.READY
    assert documents().open(document.text_stored_as).decode().startswith("Madame, Monsieur")
    page = Image.open(io.BytesIO(documents().open(document.pages.get().stored_as)))
    assert page.format == "JPEG"


def test_a_photo_comes_upright_and_says_nothing_of_where_it_was_taken(antivirus):
    submission = received("", ((photo(), "lettre.jpg"),))

    processing.process(submission)

    page = Image.open(io.BytesIO(documents().open(submission.documents.get().pages.get().stored_as)))
    assert page.width < page.height
    assert not page.getexif()


def test_the_sender_reads_that_the_document_is_checked(antivirus):
    submission = received()

    processing.process(submission)

    submission.refresh_from_db()
    assert submission.state == Submission.State.CHECKED
    assert [event.text for event in submission.events.all()][-1].startswith("Votre document est contrôlé")


def test_an_infected_file_is_never_opened_and_the_others_are(antivirus):
    submission = received(files=((EICAR + b" texte", "lettre.txt"),))

    processing.process(submission)

    infected, clean = submission.documents.all()
    assert (infected.state, infected.pages.count(), clean.state) == (Document.State.BLOCKED, 0, Document.State.READY)
    assert "virus" in submission.events.filter(text__contains="virus").get().text


def test_without_its_antivirus_a_document_waits_and_nobody_may_see_it(settings):
    settings.CLAMD_ADDRESS = "127.0.0.1:9"
    submission = received()

    with pytest.raises(Unavailable):
        processing.process(submission)

    document = submission.documents.get()
    assert (document.state, document.may_be_seen, document.pages.count()) == (Document.State.WAITING, False, 0)


def test_a_document_that_waited_is_checked_when_the_antivirus_is_back(antivirus, monkeypatch):
    monkeypatch.setattr(processing, "SCAN_TIME", 1)
    submission = received()
    with antivirus.hung(), pytest.raises(Unavailable):
        processing.process(submission)

    processing.process(submission)

    assert submission.documents.get().state == Document.State.READY


@pytest.mark.parametrize(("answers", "state"), [(True, Document.State.BLOCKED), (False, Document.State.WAITING)])
def test_a_file_that_the_antivirus_never_ends_scanning_is_held(settings, monkeypatch, answers, state):
    submission = received()
    submission.documents.update(slow_scans=processing.SLOW_SCANS - 1)

    def scan(*_: object, **__: object) -> None:
        raise TooSlow

    monkeypatch.setattr("common.antivirus.scan", scan)
    monkeypatch.setattr("common.antivirus.answers", lambda _: answers)

    with nullcontext() if answers else pytest.raises(Unavailable):
        processing.process(submission)

    assert submission.documents.get().state == state
    assert submission.events.filter(text__contains="trop long à contrôler").exists() is answers


def test_a_file_that_does_not_open_holds_back_no_other(antivirus):
    submission = received(files=((photo(), "lettre.jpg"),))
    bad = submission.documents.first()
    documents()._storage.delete(bad.stored_as)
    documents()._storage.save(bad.stored_as, ContentFile(b"autre chose"))

    with pytest.raises(UnreadableFileError):
        processing.process(submission)

    assert [document.state for document in submission.documents.all()] == ["waiting", "ready"]


def test_a_document_that_waits_for_more_than_an_hour_is_tried_again_at_night(antivirus):
    stuck, asked, recent = received(), received("Autre " + LETTER), received("Encore " + LETTER)
    Submission.objects.exclude(pk=recent.pk).update(received_at=timezone.now() - timedelta(hours=2))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'failed' WHERE args ->> 'submission_id' <> %s", [str(asked.pk)]
        )

    keeping.ask_again()

    waiting = ProcrastinateJob.objects.filter(task_name="simplification.tasks.process", status="todo")
    assert sorted(job.args["submission_id"] for job in waiting) == [stuck.pk, asked.pk]


def test_a_file_deleted_while_it_was_scanned_adds_nothing_to_the_story(antivirus):
    submission = received()
    document = submission.documents.get()
    services.delete_documents(submission)
    before = submission.events.count()

    processing._settle(document, Document.State.UNREADABLE, processing.UNREADABLE)

    assert submission.events.count() == before


def test_a_second_passage_changes_nothing(antivirus):
    submission = received()
    processing.process(submission)
    before = sorted(documents().names())

    processing.process(submission)

    assert sorted(documents().names()) == before


def test_a_document_deleted_while_it_was_converted_leaves_nothing(
    antivirus, monkeypatch, django_capture_on_commit_callbacks
):
    submission = received()
    document = submission.documents.get()
    with django_capture_on_commit_callbacks(execute=True):
        services.delete_documents(submission)

    processing._keep_view(document, [photo()], "texte", is_truncated=False)

    assert list(documents().names()) == []


def test_the_same_letter_sent_by_three_people_makes_one_group(antivirus):
    submissions = [received(f"{LETTER}\nPour {name}, {amount} €") for name, amount in (("A", 10), ("B", 20), ("C", 30))]

    for submission in submissions:
        processing.process(submission)

    groups = set(Submission.objects.values_list("group", flat=True))
    assert len(groups) == 1
    assert None not in groups


def test_receiving_asks_the_worker_in_the_same_transaction(antivirus):
    received(email="a@exemple.fr")

    names = set(ProcrastinateJob.objects.values_list("task_name", flat=True))
    assert names == {"simplification.tasks.process", "simplification.tasks.acknowledge"}


def test_the_acknowledgement_names_the_number_and_never_the_key(antivirus):
    submission = received(email="a@exemple.fr")

    notifications.acknowledge(submission)

    message = mail.outbox[0]
    assert str(submission.number) in message.body
    assert services.tracking_key(submission.token) not in message.body
    assert "Nonobstant" not in message.body


def test_an_address_deleted_meanwhile_receives_nothing(antivirus):
    submission = received(email="a@exemple.fr")
    services.delete_documents(submission)
    submission.refresh_from_db()

    notifications.acknowledge(submission)

    assert mail.outbox == []


def test_nothing_of_a_document_can_be_read_in_the_database(antivirus):
    submission = received()
    processing.process(submission)

    with connection.cursor() as cursor:
        cursor.execute("SELECT simplification_document::text FROM simplification_document")
        assert "Nonobstant" not in str(cursor.fetchall())

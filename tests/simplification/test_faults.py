"""What fails, fails safely: nothing shown is lost, nothing is sent twice, and the worker goes on by itself."""

import errno
import hashlib
import random
import re
import resource
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from statistics import median

import pytest
from django.db import OperationalError, connection, connections, transaction
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued
from pytest_django.asserts import assertContains

from common import tasks
from simplification import jobs, keeping, processing, services
from simplification.models import Document, Submission
from simplification.storage import documents
from tests.simplification.letters import LETTER
from tests.simplification.machines import Mailbox, mail_server, wait_until, working
from tests.simplification.sender import described, key_shown, step

pytestmark = pytest.mark.usefixtures("queue")

NUMBER = re.compile(r"OUPS-\d{4}-[2-9A-Z]{8}")


def drafted(text: str = LETTER, email: str = "") -> Submission:
    draft = services.start()
    services.add_pasted_text(draft, text)
    Submission.objects.filter(pk=draft.pk).update(email=email)
    return draft


@contextmanager
def full_disk() -> Iterator[None]:
    """The kernel refuses to write more than a hundred bytes in a file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def cut_connection() -> None:
    """The database ends the session in which it is asked to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")


def test_twenty_identical_sends_at_once_make_one_submission(client):
    address = step(described(client), "verifier")

    def send(_: int) -> tuple[str, str]:
        try:
            shown = Client().post(address, follow=True)
            return NUMBER.search(shown.content.decode())[0], key_shown(shown)  # type: ignore[index]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as threads:
        receipts = set(threads.map(send, range(20)))

    assert len(receipts) == 1
    assert all(all(receipt) for receipt in receipts)
    assert ProcrastinateJob.objects.filter(task_name="simplification.tasks.process").count() == 1


def test_a_database_that_dies_while_receiving_leaves_the_form_as_it_was(monkeypatch):
    draft = drafted()
    with monkeypatch.context() as patched:
        patched.setattr(jobs, "process", lambda submission: cut_connection())
        with pytest.raises(OperationalError):
            services.receive(draft)
    connection.close()
    assert Submission.objects.get().state == Submission.State.DRAFT

    assert services.receive(draft).number


def test_a_database_that_dies_while_sending_says_so_and_the_same_click_sends(client, monkeypatch):
    address = step(described(client), "verifier")
    with monkeypatch.context() as patched:
        patched.setattr(jobs, "process", lambda submission: cut_connection())
        response = client.post(address)
    connection.close()

    assertContains(response, "momentanément indisponible", status_code=503)
    assert key_shown(client.post(address, follow=True))


def is_waited_for() -> bool:
    """Whether a session of the database waits for another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def test_a_document_deleted_while_its_view_is_written_down_leaves_nothing():
    submission = services.receive(drafted())
    document = submission.documents.get()

    def delete() -> None:
        try:
            services.delete_documents(submission)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            processing._keep_view(document, [b"page"], "texte", is_truncated=False)
            deletion = threads.submit(delete)
            wait_until(is_waited_for, seconds=30)
        deletion.result()

    assert list(documents().names()) == []


def test_a_storage_that_fails_at_deletion_is_no_fault_for_the_sender_and_the_sweep_ends_it(monkeypatch):
    submission = services.receive(drafted())
    with monkeypatch.context() as patched:
        patched.setattr("common.encrypted_storage.EncryptedStorage.delete", refused)
        services.delete_documents(submission)
    assert submission.documents.get().state == Document.State.DELETED

    monkeypatch.setattr(keeping, "ORPHAN_AGE", keeping.timedelta(0))
    keeping.sweep()

    assert list(documents().names()) == []


def refused(*_: object) -> None:
    raise OSError(errno.EIO, "Le disque ne répond pas")


def test_a_full_disk_keeps_no_row_without_its_file():
    draft = services.start()

    with full_disk(), pytest.raises(OSError) as failure:  # noqa: PT011  # its number says which
        services.add_pasted_text(draft, LETTER)

    assert failure.value.errno in (errno.EFBIG, errno.ENOSPC)
    assert not Document.objects.exists()
    assert services.add_pasted_text(draft, LETTER).stored_as


def test_the_jobs_of_a_killed_worker_are_done_by_the_next(settings, monkeypatch, run_worker, folder):
    """A real worker waits for an antivirus that accepts and says nothing; it is killed there."""
    services.receive(drafted())
    with socket.create_server(("127.0.0.1", 0)) as silent_antivirus:
        antivirus = f"127.0.0.1:{silent_antivirus.getsockname()[1]}"
        with working(folder, CLAMD_ADDRESS=antivirus):
            silent_antivirus.settimeout(30)
            silent_antivirus.accept()[0].close()
    assert ProcrastinateJob.objects.filter(task_name="simplification.tasks.process", status="doing").exists()

    settings.CLAMD_ADDRESS = ""
    monkeypatch.setattr(tasks, "SILENT", 0)
    with suppress(AlreadyEnqueued):  # by the worker that was killed
        tasks.retry_stalled_jobs.defer(timestamp=0)
    run_worker()
    run_worker()

    assert Document.objects.get().state == Document.State.READY


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["hung", "down"])
def test_fifty_documents_wait_for_their_antivirus_and_are_checked_within_a_minute(
    client,
    clamd,
    folder,
    monkeypatch,
    fault,
):
    """Their senders notice nothing: each is answered and acknowledged as if it were there."""
    monkeypatch.setattr("simplification.sending_views.SENDINGS_AN_HOUR", 100)
    mailbox, answers = Mailbox(), []
    with mail_server(mailbox) as port:
        letters = f"smtp://127.0.0.1:{port}"
        with working(folder, CLAMD_ADDRESS=clamd.address, EMAIL_URL=letters):
            with getattr(clamd, fault)():
                for number in range(50):
                    address = step(described(client, text=f"{number} {LETTER}", email="a@exemple.fr"), "verifier")
                    start = time.monotonic()
                    assert client.post(address).status_code == 302
                    answers.append(time.monotonic() - start)
                for _ in range(50):
                    mailbox.next()
                assert not Document.objects.exclude(state=Document.State.WAITING).exists()
            wait_until(lambda: not Submission.objects.exclude(state=Submission.State.CHECKED).exists(), seconds=60)

    assert median(answers) < 2  # and not the longest: the machine of the tests does other things meanwhile
    assert not Document.objects.exclude(state=Document.State.READY).exists()


@pytest.mark.slow
def test_whatever_fails_each_number_shown_exists_once_with_its_file(monkeypatch):
    """Five hundred sends; one in three meets a fault: a dead database, a full disk, a process that stops half-way."""
    chance = random.Random(2026)  # noqa: S311  # the same faults at each run
    shown: dict[str, str] = {}
    real = jobs.process
    for number in range(500):
        text = f"{number} {LETTER}"
        fault = chance.choice(["database", "disk", "stop", "", "", "", "", "", ""])
        with suppress(OSError, OperationalError, KeyboardInterrupt):
            if fault == "disk":
                with full_disk():
                    drafted(text)
            monkeypatch.setattr(jobs, "process", FAULTS.get(fault, real))
            submission = services.receive(drafted(text))
            shown[str(submission.number)] = hashlib.sha256(text.encode()).hexdigest()
        monkeypatch.setattr(jobs, "process", real)
        connection.close()

    sent = Submission.objects.sent()
    assert sorted(shown) == sorted(str(submission.number) for submission in sent)
    for submission in sent.prefetch_related("documents"):
        document = submission.documents.all()[0]
        assert document.sha256 == hashlib.sha256(documents().open(document.stored_as)).hexdigest()
        assert document.sha256 == shown[str(submission.number)]
    assert ProcrastinateJob.objects.filter(task_name="simplification.tasks.process").count() == len(shown)
    monkeypatch.setattr(keeping, "ORPHAN_AGE", keeping.timedelta(0))
    assert keeping.sweep().missing == []
    assert set(documents().names()) == set(Document.objects.values_list("stored_as", flat=True))


def stopped(submission: Submission) -> None:
    raise KeyboardInterrupt


FAULTS: dict[str, Callable[[Submission], None]] = {"database": lambda _: cut_connection(), "stop": stopped}

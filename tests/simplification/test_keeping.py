"""How long documents are kept, under a clock that moves."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone
from procrastinate.contrib.django import app

from simplification import desk, keeping, services
from simplification.models import Document, Event, Submission
from simplification.numbers import key_digest, tracking_key
from simplification.storage import documents
from tests.simplification.letters import LETTER
from tests.simplification.situations import controlled, member, received

pytestmark = pytest.mark.django_db


def aged(submission: Submission, days: int) -> None:
    Submission.objects.filter(pk=submission.pk).update(purge_on=timezone.localdate() - timedelta(days=days))


def test_documents_go_the_day_they_are_due_and_not_before(django_capture_on_commit_callbacks):
    due, later = received(email="a@exemple.fr", comment="Dossier 123"), received("Autre " + LETTER)
    aged(due, 0)
    aged(later, -1)

    with django_capture_on_commit_callbacks(execute=True):
        assert keeping.purge() == 1

    due.refresh_from_db()
    assert (due.email, due.comment, due.documents.get().state) == ("", "", Document.State.DELETED)
    assert set(documents().names()) == {later.documents.get().stored_as}


def test_each_document_goes_on_its_day_under_a_clock_that_moves(monkeypatch):
    """One is closed after ten days, one after three hundred, one never."""
    start, agent = timezone.now(), member()
    early, late, never = (controlled(f"{number} {LETTER}") for number in range(3))
    gone: dict[str, int] = {}
    for day in range(370):
        monkeypatch.setattr(timezone, "now", lambda day=day: start + timedelta(days=day))
        for submission, end in ((early, 10), (late, 300)):
            if day == end:
                desk.change_state(submission, Submission.State.CLOSED, reason="Fini", by=agent)
        keeping.purge()
        for submission in Submission.objects.filter(files_deleted_at__isnull=False):
            gone.setdefault(str(submission.number), day)

    assert gone == {early.number: 10 + 90, late.number: 365, never.number: 365}


def test_what_was_learnt_stays_after_the_purge():
    submission = received(kind="letter", difficulties=["words"])
    aged(submission, 0)

    keeping.purge()

    submission.refresh_from_db()
    assert (submission.kind, submission.difficulties, submission.number is not None) == ("letter", ["words"], True)


def test_a_purge_is_made_once():
    aged(received(), 0)
    keeping.purge()

    assert keeping.purge() == 0


def test_too_many_to_purge_at_once_stops_and_deletes_nothing(monkeypatch):
    monkeypatch.setattr(keeping, "FEWEST", 1)
    for number in range(4):
        aged(received(f"{number} {LETTER}"), 0)

    with pytest.raises(keeping.TooManyToPurge):
        keeping.purge()

    assert not Document.objects.filter(state=Document.State.DELETED).exists()


def test_a_dry_run_names_what_would_go_and_deletes_nothing(capsys):
    submission = received()
    aged(submission, 0)

    call_command("purge_documents", "--dry-run")

    assert str(submission.number) in capsys.readouterr().out
    assert submission.documents.get().state == Document.State.WAITING


def test_the_command_fails_when_too_many_would_go(monkeypatch):
    monkeypatch.setattr(keeping, "FEWEST", 0)
    aged(received(), 0)

    with pytest.raises(CommandError, match="vérifiez la date"):
        call_command("purge_documents")


def test_a_purge_that_stopped_is_made_once_somebody_says_how_many_must_go(monkeypatch):
    monkeypatch.setattr(keeping, "FEWEST", 1)
    for number in range(4):
        aged(received(f"{number} {LETTER}"), 0)

    with pytest.raises(CommandError, match="4 documents"):
        call_command("purge_documents", "--expected", "3")
    assert not Document.objects.filter(state=Document.State.DELETED).exists()
    call_command("purge_documents", "--expected", "4")

    assert not Document.objects.exclude(state=Document.State.DELETED).exists()


def test_a_document_that_cannot_be_deleted_holds_back_no_other(monkeypatch):
    first, second = received(), received("Autre " + LETTER)
    aged(first, 1)
    aged(second, 0)
    real = services.delete_documents

    def delete(submission: Submission) -> None:
        if submission == first:
            raise OperationalError
        real(submission)

    monkeypatch.setattr(services, "delete_documents", delete)

    assert keeping.purge() == 1
    assert second.documents.get().state == Document.State.DELETED


def test_documents_that_should_be_gone_are_on_the_list_of_the_team(client, person):
    late, on_time = received(), received("Autre " + LETTER)
    aged(late, 1)
    aged(on_time, 0)

    response = client.get("/gestion/")

    section = next(filled for filled in response.context["to_do"] if filled.section.name == "overdue_documents")
    assert [item.label for item in section.items] == [late.number]


@pytest.mark.parametrize(("hours", "kept"), [(23, True), (25, False)])
def test_an_unfinished_form_is_forgotten_after_a_day(hours, kept, django_capture_on_commit_callbacks):
    draft = services.start()
    services.add_pasted_text(draft, LETTER)
    Submission.objects.update(created_at=timezone.now() - timedelta(hours=hours))

    with django_capture_on_commit_callbacks(execute=True):
        keeping.drop_drafts()

    assert Submission.objects.exists() is kept
    assert bool(list(documents().names())) is kept


def test_a_file_that_nothing_names_is_swept(monkeypatch):
    monkeypatch.setattr(keeping, "ORPHAN_AGE", timedelta(0))
    orphan = documents().save(b"rien")
    kept = received().documents.get().stored_as

    assert keeping.sweep().orphans == [orphan]
    assert list(documents().names()) == [kept]


def test_a_file_still_being_written_down_is_not_swept():
    documents().save(b"la transaction n'est pas finie")

    assert keeping.sweep().orphans == []


def test_a_file_deleted_since_it_was_listed_does_not_stop_the_sweep(monkeypatch):
    monkeypatch.setattr(keeping, "ORPHAN_AGE", timedelta(0))
    orphan = documents().save(b"rien")
    listed = [orphan, "parti"]
    monkeypatch.setattr("common.encrypted_storage.EncryptedStorage.names", lambda _: iter(listed))

    assert keeping.sweep().orphans == [orphan]


def test_files_that_nothing_names_are_swept_every_five_minutes():
    assert app.periodic_registry.periodic_tasks["simplification.tasks.sweep", ""].cron == "*/5 * * * *"


def test_a_row_whose_file_is_gone_is_reported():
    document = received().documents.get()
    documents().delete(document.stored_as)

    assert keeping.sweep().missing == [document.stored_as]


def test_the_end_of_a_submission_brings_its_purge_to_ninety_days():
    submission = received()
    submission.state = Submission.State.CLOSED
    today = timezone.localdate()

    assert services.end_of_keeping(submission, today) == today + timedelta(days=90)


def test_a_late_end_does_not_keep_documents_beyond_a_year():
    submission = received()
    submission.state = Submission.State.CLOSED
    late = timezone.localdate() + timedelta(days=350)

    assert services.end_of_keeping(submission, late) == timezone.localdate() + timedelta(days=365)


def test_a_new_key_opens_what_an_old_one_encrypted(settings, capsys):
    document = received().documents.get()
    settings.DOCUMENT_KEYS = ["bmV3LWtleS1mb3ItdGVzdHMtbmV3LWtleS1mb3ItdGU=", *settings.DOCUMENT_KEYS]
    documents.cache_clear()

    call_command("rotate_document_keys")

    settings.DOCUMENT_KEYS = settings.DOCUMENT_KEYS[:1]
    documents.cache_clear()
    document.refresh_from_db()
    assert documents().open(document.stored_as).decode() == LETTER
    assert "1 fichiers" in capsys.readouterr().out
    assert len(list(documents().names())) == 1


def test_a_file_deleted_while_its_key_changes_is_not_named_again(settings, monkeypatch):
    submission = received()
    document = submission.documents.get()
    settings.DOCUMENT_KEYS = ["bmV3LWtleS1mb3ItdGVzdHMtbmV3LWtleS1mb3ItdGU=", *settings.DOCUMENT_KEYS]
    documents.cache_clear()
    real = documents().rotate

    def rotate(name: str) -> str:
        copy = real(name)
        services.delete_documents(submission)
        return copy

    monkeypatch.setattr(documents(), "rotate", rotate)
    call_command("rotate_document_keys")

    before = document.stored_as
    document.refresh_from_db()
    assert document.stored_as == ""
    assert list(documents().names()) == [before]  # until the deletion is sure: this test ends before


def test_a_file_that_no_key_opens_does_not_stop_the_others(settings, capsys):
    lost, bad, good = (received(f"{number} {LETTER}").documents.get() for number in range(3))
    documents().delete(lost.stored_as)
    documents()._storage.delete(bad.stored_as)
    documents()._storage.save(bad.stored_as, ContentFile(b"autre chose"))
    settings.DOCUMENT_KEYS = ["bmV3LWtleS1mb3ItdGVzdHMtbmV3LWtleS1mb3ItdGU=", *settings.DOCUMENT_KEYS]
    documents.cache_clear()

    with pytest.raises(CommandError, match="2 fichiers"):
        call_command("rotate_document_keys")

    assert "1 fichiers" in capsys.readouterr().out
    before = good.stored_as
    good.refresh_from_db()
    assert good.stored_as != before


def test_deletion_is_said_in_the_story():
    submission = received()

    services.delete_documents(submission)

    assert Event.objects.filter(submission=submission).last().text.startswith("Les documents")


def test_a_day_after_it_was_shown_nobody_can_make_a_key_again():
    old, recent = received(), received("Autre " + LETTER)
    Submission.objects.filter(pk=old.pk).update(received_at=timezone.now() - timedelta(days=1, minutes=1))

    assert keeping.forget_tokens() == 1
    assert keeping.forget_tokens() == 0

    assert key_digest(tracking_key(Submission.objects.get(pk=old.pk).token)) != old.key_digest
    assert key_digest(tracking_key(Submission.objects.get(pk=recent.pk).token)) == recent.key_digest
    assert Submission.objects.get(pk=old.pk).key_digest == old.key_digest

"""What the team decides of a document: its state, who follows it, notes."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from simplification import desk, services
from simplification.models import Rewriting, Submission
from tests.simplification.situations import controlled, member, received, rewriting, story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_antivirus")]
State = Submission.State


@pytest.mark.parametrize("origin", [state for state in State if state != State.DRAFT])
@pytest.mark.parametrize("target", State)
def test_a_state_changes_only_along_the_table(origin, target):
    submission = received()
    Submission.objects.filter(pk=submission.pk).update(state=origin, closing_reason="x")
    desk.save_rewriting(text := rewriting(submission), by=member())
    Rewriting.objects.filter(pk=text.pk).update(status="published", approved_by=member(), published_at=timezone.now())
    Submission.objects.filter(pk=submission.pk).update(state=origin)

    if target in desk.TRANSITIONS[origin]:
        desk.change_state(submission, target, reason="Motif", by=member())
        assert Submission.objects.get(pk=submission.pk).state == target
    else:
        with pytest.raises(ValidationError) as refusal:
            desk.change_state(submission, target, reason="Motif", by=member())
        assert refusal.value.code == "transition"


def test_a_draft_is_never_touched():
    with pytest.raises(Submission.DoesNotExist):
        desk.change_state(services.start(), State.CLOSED, reason="x", by=member())


def test_closing_needs_a_reason_which_its_sender_reads():
    submission = controlled()
    with pytest.raises(ValidationError) as refusal:
        desk.change_state(submission, State.CLOSED, by=member())
    assert refusal.value.code == "no_reason"

    desk.change_state(submission, State.CLOSED, reason="Ce n'est pas un courrier d'une administration.", by=member())

    submission.refresh_from_db()
    assert submission.closing_reason == "Ce n'est pas un courrier d'une administration."
    assert submission.closing_reason in story(submission)[-1]


def test_a_change_of_state_writes_the_line_that_was_typed():
    submission = controlled()

    desk.change_state(submission, State.REWRITING, line="Nous avons commencé.", by=member())

    assert story(submission)[-1] == "Nous avons commencé."


def test_files_go_ninety_days_after_the_end_and_the_day_moves_back_when_it_is_opened_again():
    submission = controlled()
    latest = submission.purge_on
    desk.change_state(submission, State.CLOSED, reason="x", by=member())
    submission.refresh_from_db()
    assert submission.purge_on == timezone.localdate() + timedelta(days=90)
    assert submission.ended_at is not None

    desk.change_state(submission, State.REWRITING, by=member())

    submission.refresh_from_db()
    assert (submission.purge_on, submission.ended_at, submission.closing_reason) == (latest, None, "")


def test_a_document_is_not_said_published_without_a_published_rewriting():
    submission = controlled()
    desk.change_state(submission, State.REWRITING, by=member())

    with pytest.raises(ValidationError) as refusal:
        desk.change_state(submission, State.PUBLISHED, by=member())

    assert refusal.value.code == "no_rewriting"


def test_assigning_is_told_to_the_team_only():
    submission, person = controlled(), member()

    desk.assign(submission, to=person, by=person)

    submission.refresh_from_db()
    assert submission.assignee == person
    assert person.username in story(submission, public=False)[-1]


def test_a_document_can_be_given_back():
    submission, person = controlled(), member()
    desk.assign(submission, to=person, by=person)

    desk.assign(submission, to=None, by=person)

    submission.refresh_from_db()
    assert submission.assignee is None


def test_notes_go_with_the_documents():
    submission = controlled()
    desk.write_notes(submission, notes="Rappeler Mme Untel", by=member())

    services.delete_documents(submission)

    submission.refresh_from_db()
    assert submission.notes == ""


def test_what_is_written_about_a_person_after_the_deletion_is_not_kept():
    submission = controlled()
    services.delete_documents(submission)

    desk.change_state(submission, State.REWRITING, line="Madame Canari, bonjour.", by=member())
    desk.change_state(submission, State.CLOSED, line="Canari", reason="Madame Canari a renoncé.", by=member())

    submission.refresh_from_db()
    assert submission.closing_reason == services.ERASED_REASON
    assert not submission.events.filter(text__contains="Canari").exists()

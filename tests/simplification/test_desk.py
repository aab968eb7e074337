"""What the team decides: states, answers, letters to administrations, rewritings."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from simplification import desk, notifications, services
from simplification.models import Document, DocumentAccess, Rewriting, Submission
from tests.simplification.letters import LETTER, photo
from tests.simplification.situations import checked, controlled, member, received, rewriting

pytestmark = pytest.mark.django_db
State = Submission.State


@pytest.fixture(autouse=True)
def without_antivirus(settings):
    settings.CLAMD_ADDRESS = ""


def jobs() -> list[str]:
    return [
        name.removeprefix("simplification.tasks.")
        for name in ProcrastinateJob.objects.values_list("task_name", flat=True)
    ]


def story(submission: Submission, *, public: bool = True) -> list[str]:
    return [event.text for event in submission.events.filter(is_public=public)]


# --- States -----------------------------------------------------------------------------------------------------------


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


# --- Who, and notes ---------------------------------------------------------------------------------------------------


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


# --- Answers ----------------------------------------------------------------------------------------------------------


def test_an_answer_is_dated_told_and_announced_by_e_mail():
    submission = controlled(email="a@exemple.fr")

    desk.answer(submission, text="Vous avez deux mois.", by=member())

    submission.refresh_from_db()
    assert (submission.answer, submission.answered_at is not None) == ("Vous avez deux mois.", True)
    assert story(submission)[-1] == "L'équipe vous a répondu."
    assert "send_answer" in jobs()


def test_without_an_address_no_e_mail_is_asked():
    desk.answer(controlled(), text="Vous avez deux mois.", by=member())

    assert "send_answer" not in jobs()


def test_a_double_click_answers_once():
    submission = controlled(email="a@exemple.fr")

    desk.answer(submission, text="Oui.", by=member())
    desk.answer(submission, text="Oui.", by=member())

    assert jobs().count("send_answer") == 1


def test_a_second_answer_keeps_the_date_of_the_first():
    submission = controlled()
    desk.answer(submission, text="Un.", by=member())
    submission.refresh_from_db()
    first = submission.answered_at

    desk.answer(submission, text="Deux.", by=member())

    submission.refresh_from_db()
    assert (submission.answer, submission.answered_at) == ("Deux.", first)


# --- Letters to administrations ---------------------------------------------------------------------------------------


def test_a_letter_to_the_administration_holds_nothing_of_the_person_nor_of_the_file():
    submission = controlled(
        email="canari@exemple.fr", comment="Je suis Canari", page_url="https://exemple.fr/canari",
        difficulties=["words", "deadline"], kind="letter", files=((photo(), "canari.jpg"),),
    )  # fmt: skip
    text = rewriting(submission)
    desk.save_rewriting(text, by=member())

    desk.forward(submission, to="contact@caf.example", rewriting=text, by=member())
    notifications.forward(submission.transmissions.get())

    letter = mail.outbox[0]
    assert (letter.to, letter.attachments) == (["contact@caf.example"], [])
    assert all(word in letter.body for word in [submission.number, "les mots, le délai", "une lettre", "Payez."])
    assert "canari" not in letter.body.lower()
    assert "Nonobstant" not in letter.body


def test_forwarding_changes_the_state_and_asks_the_worker_once():
    submission = controlled()

    desk.forward(submission, to="contact@caf.example", by=member())
    with pytest.raises(ValidationError) as refusal:
        desk.forward(submission, to="contact@caf.example", by=member())

    submission.refresh_from_db()
    assert (refusal.value.code, submission.state) == ("already_sent", State.FORWARDED)
    assert jobs().count("forward") == 1


def test_the_address_of_the_administration_is_not_told_to_the_sender():
    submission = controlled()

    desk.forward(submission, to="contact@caf.example", by=member())

    assert "caf.example" not in " ".join(story(submission))


def test_a_document_that_waits_for_its_control_is_not_forwarded():
    with pytest.raises(ValidationError) as refusal:
        desk.forward(received(), to="contact@caf.example", by=member())

    assert refusal.value.code == "not_checked"


def test_forwarding_an_ended_document_does_not_open_it_again():
    submission = controlled()
    desk.change_state(submission, State.CLOSED, reason="x", by=member())

    desk.forward(submission, to="contact@caf.example", by=member())

    submission.refresh_from_db()
    assert submission.state == State.CLOSED


# --- The register -----------------------------------------------------------------------------------------------------


def test_a_file_seen_again_within_the_visit_is_written_once():
    document, person = controlled().documents.get(), member()

    desk.log_view(document, by=person)
    desk.log_view(document, by=person)

    assert DocumentAccess.objects.filter(document=document, by=person, action="view").count() == 1


def test_two_people_are_written_twice():
    document = controlled().documents.get()

    desk.log_view(document, by=member())
    desk.log_view(document, by=member())

    assert document.accesses.count() == 2


def test_the_database_refuses_to_forget_an_access():
    desk.log_download(controlled().documents.get(), by=member())

    with pytest.raises(IntegrityError):
        DocumentAccess.objects.all().delete()


@pytest.mark.parametrize(
    ("state", "findings", "allowed"),
    [
        ("ready", [], True), ("unreadable", [], True), ("ready", ["macro"], False), ("waiting", [], False),
        ("blocked", [], False), ("deleted", [], False),
    ],
)  # fmt: skip
def test_an_original_that_is_not_surely_harmless_is_never_given(state, findings, allowed):
    assert Document(state=state, findings=findings).may_be_downloaded is allowed


# --- Rewritings -------------------------------------------------------------------------------------------------------


def proposed(submission: Submission | None = None) -> tuple[Rewriting, object]:
    author = member()
    text = rewriting(submission)
    desk.save_rewriting(text, by=author)
    desk.propose(text, seen=desk.version(text), by=author)
    return text, author


def test_beginning_a_rewriting_moves_a_controlled_document():
    submission = controlled()

    desk.save_rewriting(rewriting(submission), by=member())

    submission.refresh_from_db()
    assert submission.state == State.REWRITING


def test_two_rewritings_of_one_title_have_two_addresses():
    first, second = rewriting(), rewriting()

    desk.save_rewriting(first, by=member())
    desk.save_rewriting(second, by=member())

    assert (first.slug, second.slug) == ("rembourser-laide-au-logement", "rembourser-laide-au-logement-2")


def test_its_author_cannot_publish_a_rewriting():
    text, author = proposed()

    with pytest.raises(ValidationError) as refusal:
        desk.approve(text, seen=desk.version(text), by=author)

    assert refusal.value.code == "same_person"


def test_the_database_refuses_a_rewriting_approved_by_its_author():
    text, author = proposed()

    with pytest.raises(IntegrityError):
        Rewriting.objects.filter(pk=text.pk).update(approved_by=author)


def test_another_person_publishes_it_and_its_sender_reads_so():
    submission = controlled()
    text, _ = proposed(submission)

    desk.approve(text, seen=desk.version(text), by=member())

    submission.refresh_from_db()
    assert Rewriting.objects.public().get() == text
    assert (submission.state, story(submission)[-1]) == (State.PUBLISHED, desk.LINES[State.PUBLISHED])
    assert submission.purge_on == timezone.localdate() + timedelta(days=90)


def test_whoever_wrote_last_is_the_author():
    text, author = proposed()
    corrector = member()
    text.after = "Payez avant le 30 juin."

    desk.save_rewriting(text, seen=desk.version(Rewriting.objects.get(pk=text.pk)), by=corrector)
    desk.propose(text, seen=desk.version(text), by=corrector)
    desk.approve(text, seen=desk.version(text), by=author)

    assert Rewriting.objects.public().get().written_by == corrector


def test_a_text_changed_since_it_was_read_is_not_published():
    text, author = proposed()
    read = desk.version(text)
    text.after = "Ne payez pas."
    desk.save_rewriting(text, seen=read, by=author)
    desk.propose(text, seen=desk.version(text), by=author)

    with pytest.raises(ValidationError) as refusal:
        desk.approve(text, seen=read, by=member())

    assert refusal.value.code == "changed"


def test_of_two_people_who_write_at_once_the_second_is_told():
    text, _ = proposed()
    read = desk.version(text)
    text.after = "Payez demain."
    desk.save_rewriting(text, seen=read, by=member())

    text.after = "Payez hier."
    with pytest.raises(ValidationError) as refusal:
        desk.save_rewriting(text, seen=read, by=member())

    assert refusal.value.code == "changed"


def test_a_draft_is_not_published():
    text = rewriting()
    desk.save_rewriting(text, by=member())

    with pytest.raises(ValidationError) as refusal:
        desk.approve(text, seen=desk.version(text), by=member())

    assert refusal.value.code == "not_proposed"


def test_what_the_public_reads_is_not_changed_in_place():
    text, _ = proposed()
    desk.approve(text, seen=desk.version(text), by=member())

    with pytest.raises(ValidationError) as refusal:
        desk.save_rewriting(text, seen=desk.version(text), by=member())

    assert refusal.value.code == "published"


def test_a_rewriting_taken_out_of_the_gallery_is_a_draft_and_its_document_is_open_again():
    submission = controlled()
    text, _ = proposed(submission)
    desk.approve(text, seen=desk.version(text), by=member())

    desk.unpublish(text, by=member())

    text.refresh_from_db()
    submission.refresh_from_db()
    assert (text.status, text.approved_by, Rewriting.objects.public().count()) == ("draft", None, 0)
    assert (submission.state, submission.ended_at) == (State.REWRITING, None)


def test_a_rewriting_serves_everyone_who_sent_the_same_letter():
    first, second = checked(), checked(f"{LETTER}\nPour B")
    text, _ = proposed(first)
    desk.approve(text, seen=desk.version(text), by=member())
    second.refresh_from_db()
    desk.change_state(second, State.REWRITING, by=member())

    desk.change_state(second, State.PUBLISHED, by=member())

    second.refresh_from_db()
    assert (list(desk.rewritings_of(second)), second.state) == ([text], State.PUBLISHED)

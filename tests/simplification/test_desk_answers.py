"""Answers of the team, and letters to administrations."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from procrastinate.contrib.django.models import ProcrastinateJob

from simplification import desk, notifications
from simplification.models import Rewriting, Submission
from tests.simplification.letters import photo
from tests.simplification.situations import controlled, member, received, rewriting, story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_antivirus")]
State = Submission.State


def jobs() -> list[str]:
    return [
        name.removeprefix("simplification.tasks.")
        for name in ProcrastinateJob.objects.values_list("task_name", flat=True)
    ]


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


def proposed(submission: Submission) -> Rewriting:
    text = rewriting(submission)
    desk.save_rewriting(text, by=member())
    desk.propose(text, seen=desk.version(text), by=member())
    return text


def test_whoever_agreed_receives_the_new_version_with_questions(run_worker, settings):
    submission = controlled(email="a@exemple.fr", agrees_to_test=True)

    desk.ask_to_read(submission, proposed(submission), by=member())
    run_worker()

    letter = mail.outbox[-1]
    assert (letter.to, letter.reply_to) == (["a@exemple.fr"], [settings.SIMPLIFICATION_EMAIL])
    assert "Payez." in letter.body
    submission.refresh_from_db()
    assert submission.state == State.TESTED
    assert "a@exemple.fr" not in " ".join(story(submission) + story(submission, public=False))


@pytest.mark.parametrize("values", [{"email": "a@exemple.fr"}, {"agrees_to_test": True}])
def test_whoever_did_not_agree_or_left_no_address_is_not_asked(values):
    submission = controlled(**values)

    with pytest.raises(ValidationError) as refusal:
        desk.ask_to_read(submission, proposed(submission), by=member())

    assert refusal.value.code == "no_reader"
    assert "ask_to_read" not in jobs()


def test_nobody_is_asked_twice_to_read_the_same_version():
    submission = controlled(email="a@exemple.fr", agrees_to_test=True)
    text = proposed(submission)
    desk.ask_to_read(submission, text, by=member())

    with pytest.raises(ValidationError) as refusal:
        desk.ask_to_read(submission, text, by=member())

    assert (refusal.value.code, jobs().count("ask_to_read")) == ("already_asked", 1)

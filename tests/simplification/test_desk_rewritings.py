"""Rewritings: written by one person, published by another."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from simplification import desk
from simplification.models import Rewriting, Submission
from tests.simplification.letters import LETTER
from tests.simplification.situations import checked, controlled, member, rewriting, story

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_antivirus")]
State = Submission.State


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

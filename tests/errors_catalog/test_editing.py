"""The life of an entry: what is public never moves without a second person."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from errors_catalog.content import content_of, shown_as
from errors_catalog.exchange import entries
from errors_catalog.models import EntryEvent, FrequentError, Proposal
from errors_catalog.services import care, editing
from tests.factories import AdministrationFactory, FrequentErrorFactory, LifeEventFactory, StaffFactory

pytestmark = pytest.mark.django_db

Status = FrequentError.Status


@pytest.fixture
def writer():
    return StaffFactory()


@pytest.fixture
def reviewer():
    return StaffFactory()


@pytest.fixture
def published():
    return FrequentErrorFactory(published=True, complete=True, title="Ce que le public lit")


@pytest.fixture
def draft():
    return FrequentErrorFactory(complete=True)


def changed(error, **values):
    return {**content_of(error), **values}


def fresh(error):
    return FrequentError.objects.get(pk=error.pk)


def seen(error):
    return editing.version(fresh(error))


@contextmanager
def refused(code):
    """Asserts the code of the refusal, whatever its words."""
    with pytest.raises(ValidationError) as refusal:
        yield
    assert [found.code for found in refusal.value.error_list] == [code]


def proposed(error, by, **values):
    editing.write(error, changed(error, **values), by=by)
    editing.submit(error, by=by)


def test_a_change_to_a_published_entry_waits(published, writer):
    editing.write(published, changed(published, title="Un nouveau titre"), by=writer)

    assert fresh(published).title == "Ce que le public lit"
    assert editing.written(published)["title"] == "Un nouveau titre"


def test_an_accepted_change_is_public(published, writer, reviewer):
    proposed(published, writer, title="Un nouveau titre")

    editing.approve(published, seen=seen(published), by=reviewer)

    assert fresh(published).title == "Un nouveau titre"
    assert Proposal.objects.get().state == Proposal.State.ACCEPTED


def test_everything_that_a_page_says_is_applied(published, writer, reviewer):
    other = FrequentErrorFactory(published=True, complete=True, administration=AdministrationFactory())
    wanted = {**content_of(other), "title": "Tout autre", "related": [other.slug]}
    editing.write(published, wanted, by=writer)
    editing.submit(published, by=writer)

    editing.approve(published, seen=seen(published), by=reviewer)

    assert content_of(fresh(published)) == wanted


def test_whoever_wrote_cannot_accept(published, writer):
    proposed(published, writer, title="Un nouveau titre")

    with refused("same_person"):
        editing.approve(published, seen=seen(published), by=writer)

    assert fresh(published).title == "Ce que le public lit"


def test_whoever_had_a_hand_in_the_text_cannot_accept_it(published, writer, reviewer):
    editing.write(published, changed(published, title="Un nouveau titre"), by=reviewer)
    editing.write(published, changed(published, title="Un autre titre"), by=writer)
    editing.submit(published, by=writer)

    with refused("same_person"):
        editing.approve(published, seen=seen(published), by=reviewer)


def test_an_accepted_change_lets_its_author_review_the_next(published, writer, reviewer):
    proposed(published, writer, title="Un nouveau titre")
    editing.approve(published, seen=seen(published), by=reviewer)
    proposed(fresh(published), reviewer, title="Encore un titre")

    editing.approve(published, seen=seen(published), by=writer)

    assert fresh(published).title == "Encore un titre"


def test_a_change_given_up_lets_its_author_review_another(published, writer, reviewer):
    editing.write(published, changed(published, title="Par erreur"), by=reviewer)
    editing.withdraw(published, by=reviewer)
    proposed(published, writer, title="Un nouveau titre")

    editing.approve(published, seen=seen(published), by=reviewer)

    assert fresh(published).title == "Un nouveau titre"


def test_a_past_version_that_names_a_renamed_neighbour_comes_back(published, writer, reviewer):
    neighbour = published.related.first()
    editing.write(published, changed(published, related=[neighbour.slug], title="Un nouveau titre"), by=writer)
    version = published.events.get(action="proposed")
    care.rename(neighbour, "nouvelle-adresse", by=reviewer)

    editing.withdraw(published, by=writer)
    editing.restore(published, version, by=writer)
    editing.submit(published, by=writer)
    editing.approve(published, seen=seen(published), by=reviewer)

    assert [other.slug for other in published.related.all()] == ["nouvelle-adresse"]


def test_a_version_that_names_an_entry_merged_into_this_one_comes_back_without_it(published, writer, reviewer):
    neighbour = published.related.first()
    version = changed(published, related=[neighbour.slug], title="Un nouveau titre")
    care.rename(neighbour, "nouvelle-adresse", by=reviewer)
    care.merge(neighbour, into=published, by=reviewer)

    proposed(published, writer, **version)
    editing.approve(published, seen=seen(published), by=reviewer)

    assert not published.related.exists()


def test_a_change_sent_back_keeps_its_comment_and_can_be_mended(published, writer, reviewer):
    proposed(published, writer, title="Un nouveau titre")
    editing.send_back(published, seen=seen(published), comment="Trop vague.", by=reviewer)

    proposal = editing.open_proposal(published)
    assert (proposal.state, proposal.comment) == (Proposal.State.WRITING, "Trop vague.")
    proposed(published, writer, title="Un titre précis")
    editing.approve(published, seen=seen(published), by=reviewer)
    assert fresh(published).title == "Un titre précis"


def test_two_entries_shown_at_once_do_not_wait_for_the_same_new_row(published, draft):
    keys = []
    for error in (published, draft):
        longer = changed(error, life_events=[*content_of(error)["life_events"], LifeEventFactory().slug])
        for _ in ("the form is shown", "the form is sent back"):
            with shown_as(error, longer) as shown:
                keys.append(shown.life_event_links.get(position=2).pk)

    assert keys[0] == keys[1] != keys[2] == keys[3]


def test_a_restored_version_does_not_replace_what_a_colleague_is_writing(published, writer, reviewer):
    editing.write(published, changed(published, title="Le titre d'une autre"), by=reviewer)
    version = published.events.get(action="proposed")
    editing.write(published, changed(published, title="Le titre d'une autre, mieux"), by=reviewer)

    with refused("colleague"):
        editing.restore(published, version, by=writer)

    assert editing.written(published)["title"] == "Le titre d'une autre, mieux"


def test_a_change_is_not_sent_back_without_a_word(published, writer, reviewer):
    proposed(published, writer, title="Un nouveau titre")

    with refused("no_comment"):
        editing.send_back(published, seen=seen(published), comment="  ", by=reviewer)


def test_a_change_in_review_is_not_written_until_taken_back(published, writer):
    proposed(published, writer, title="Un nouveau titre")

    with refused("locked"):
        editing.write(published, changed(published, title="Un autre"), by=writer)
    editing.take_back(published, by=writer)
    editing.write(published, changed(published, title="Un autre"), by=writer)
    assert editing.written(published)["title"] == "Un autre"


def test_a_change_back_to_what_is_public_is_no_change(published, writer):
    editing.write(published, changed(published, title="Un nouveau titre"), by=writer)

    editing.write(published, content_of(published), by=writer)

    assert editing.open_proposal(published) is None


def test_what_moved_meanwhile_is_kept(published, writer, reviewer):
    proposed(published, writer, title="Un nouveau titre")
    FrequentError.objects.filter(pk=published.pk).update(summary="Corrigé à la main.")

    editing.approve(published, seen=seen(published), by=reviewer)

    assert (fresh(published).title, fresh(published).summary) == ("Un nouveau titre", "Corrigé à la main.")


def test_a_draft_is_published_by_a_second_person(draft, writer, reviewer):
    editing.record_draft(draft, by=writer)
    editing.submit(draft, by=writer)
    assert fresh(draft).status == Status.IN_REVIEW

    with refused("same_person"):
        editing.approve(draft, seen=seen(draft), by=writer)
    editing.approve(draft, seen=seen(draft), by=reviewer)

    assert fresh(draft).status == Status.PUBLISHED
    assert fresh(draft).published_at is not None


def test_a_draft_sent_back_is_a_draft_again(draft, writer, reviewer):
    editing.submit(draft, by=writer)

    editing.send_back(draft, seen=seen(draft), comment="Il manque une étape.", by=reviewer)

    assert fresh(draft).status == Status.DRAFT


def test_a_draft_sent_back_is_read_as_it_was_mended(draft, writer, reviewer):
    editing.submit(draft, by=writer)
    editing.send_back(draft, seen=seen(draft), comment="Le titre est vague.", by=reviewer)

    editing.write(fresh(draft), changed(draft, title="Un titre précis"), by=writer)

    assert editing.written(fresh(draft))["title"] == "Un titre précis"
    entry = next(entries.written(FrequentError.objects.filter(pk=draft.pk)))
    assert entry.content["title"] == "Un titre précis"


def test_what_could_not_be_published_is_not_sent_to_review(writer):
    unchecked = FrequentErrorFactory(complete=True, checked_on=None)

    with pytest.raises(ValidationError, match="date de vérification"):
        editing.submit(unchecked, by=writer)


def test_an_entry_without_source_is_not_sent_to_review(writer):
    with refused("incomplete"):
        editing.submit(FrequentErrorFactory(), by=writer)


def test_publication_can_wait_for_its_day(draft, writer, reviewer):
    editing.submit(draft, by=writer)
    editing.approve(draft, seen=seen(draft), by=reviewer, at=timezone.now() + timedelta(days=1))
    editing.keep_schedule()
    assert fresh(draft).status == Status.IN_REVIEW

    Proposal.objects.update(publish_at=timezone.now() - timedelta(minutes=1))
    editing.keep_schedule()

    assert fresh(draft).status == Status.PUBLISHED


def test_a_scheduled_change_that_no_longer_fits_goes_back_to_its_author(published, writer, reviewer):
    proposed(published, writer, title="Un titre pris entre-temps")
    editing.approve(published, seen=seen(published), by=reviewer, at=timezone.now() + timedelta(days=1))
    FrequentErrorFactory(title="Un titre pris entre-temps")
    Proposal.objects.update(publish_at=timezone.now() - timedelta(minutes=1))

    editing.keep_schedule()

    proposal = editing.open_proposal(published)
    assert proposal.state == Proposal.State.WRITING
    assert "titre" in proposal.comment


@pytest.mark.parametrize(("days", "status"), [(0, Status.PUBLISHED), (1, Status.ARCHIVED)])
def test_an_entry_is_archived_after_its_last_day(published, days, status):
    last_day = timezone.localdate() - timedelta(days=days)
    FrequentError.objects.filter(pk=published.pk).update(expires_on=last_day)

    editing.keep_schedule()

    assert fresh(published).status == status


def test_archiving_drops_the_change_under_way(published, writer):
    editing.write(published, changed(published, title="Un nouveau titre"), by=writer)

    editing.archive(published, comment="La taxe n'existe plus.", by=writer)

    assert fresh(published).status == Status.ARCHIVED
    assert editing.open_proposal(published) is None


def test_an_archived_entry_can_become_a_draft_again(published, writer):
    editing.archive(published, comment="La taxe n'existe plus.", by=writer)

    editing.reopen(published, by=writer)

    assert fresh(published).status == Status.DRAFT


def test_a_past_version_of_a_published_entry_comes_back_as_a_change(published, writer, reviewer):
    proposed(published, writer, title="Un nouveau titre")
    editing.approve(published, seen=seen(published), by=reviewer)
    proposed(published, writer, title="Encore un autre")
    editing.approve(published, seen=seen(published), by=reviewer)
    first = EntryEvent.objects.filter(action="published").earliest("pk")

    editing.restore(published, first, by=writer)

    assert fresh(published).title == "Encore un autre"
    assert editing.written(published)["title"] == "Un nouveau titre"


def test_who_when_and_why_are_kept(published, writer, reviewer):
    proposed(published, writer, title="Un nouveau titre")
    editing.send_back(published, seen=seen(published), comment="Trop vague.", by=reviewer)

    story = [(event.action, event.by, event.comment) for event in published.events.order_by("pk")]

    assert story == [("proposed", writer, ""), ("submitted", writer, ""), ("sent_back", reviewer, "Trop vague.")]


def test_the_story_of_an_entry_is_never_rewritten(published, writer):
    editing.write(published, changed(published, title="Un nouveau titre"), by=writer)

    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        EntryEvent.objects.update(comment="x")


@pytest.mark.parametrize("step", ["take_back", "withdraw", "reopen"])
def test_what_cannot_be_done_now_says_so(published, writer, step):
    with pytest.raises(ValidationError):
        getattr(editing, step)(published, by=writer)

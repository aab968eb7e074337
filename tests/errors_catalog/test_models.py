"""What the database itself refuses, and what it computes."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from errors_catalog.models import ContactChannel, Deadline, ErrorLifeEvent, FrequentError, Synonym
from tests.factories import (
    AdministrationFactory,
    ContactChannelFactory,
    FrequentErrorFactory,
    LifeEventFactory,
)

pytestmark = pytest.mark.django_db


def test_a_check_is_good_for_twelve_months():
    error = FrequentErrorFactory(checked_on=date(2026, 8, 31))
    error.refresh_from_db()

    assert error.check_due == date(2027, 8, 31)


def test_a_rule_that_moves_is_checked_again_after_six_months():
    error = FrequentErrorFactory(checked_on=date(2026, 8, 31), volatile=True)
    error.refresh_from_db()

    assert error.check_due == date(2027, 2, 28)


@pytest.mark.parametrize(
    "missing", [{"published_at": None}, {"checked_on": None}, {"right_to_error_reason": ""}, {"keywords": []}]
)
def test_a_published_error_must_hold_what_its_page_promises(missing):
    error = FrequentErrorFactory(published=True)

    with pytest.raises(IntegrityError):
        FrequentError.objects.filter(pk=error.pk).update(**missing)


@pytest.mark.parametrize("field", ["status", "right_to_error", "audience"])
def test_a_value_outside_the_lists_is_refused(field):
    error = FrequentErrorFactory()

    with pytest.raises(IntegrityError):
        FrequentError.objects.filter(pk=error.pk).update(**{field: "?"})


def test_two_errors_cannot_share_a_title():
    error = FrequentErrorFactory()

    with pytest.raises(ValidationError, match="Une autre erreur porte ce titre"):
        FrequentError(title=error.title).validate_constraints()


def test_an_error_has_three_neighbours_at_most():
    error = FrequentErrorFactory()
    error.related.set(FrequentErrorFactory.create_batch(3))

    with pytest.raises(IntegrityError), transaction.atomic():
        error.related.add(FrequentErrorFactory())


def test_an_error_is_not_its_own_neighbour():
    error = FrequentErrorFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        error.related.add(error)


def test_two_life_events_can_exchange_their_places_in_one_save():
    first, second = LifeEventFactory.create_batch(2)
    error = FrequentErrorFactory(life_events=[first, second])

    with transaction.atomic():
        ErrorLifeEvent.objects.filter(error=error, life_event=first).update(position=2)
        ErrorLifeEvent.objects.filter(error=error, life_event=second).update(position=1)

    assert FrequentError.objects.with_life_events().get().ordered_life_events == [second, first]


def test_only_one_channel_is_for_errors():
    administration = AdministrationFactory()
    ContactChannelFactory(administration=administration, for_errors=True)

    with pytest.raises(IntegrityError):
        ContactChannelFactory(administration=administration, for_errors=True)


@pytest.mark.parametrize(
    ("delay", "unit", "text"),
    [(20, "day", "20 jours"), (1, "day", "1 jour"), (1, "month", "1 mois"), (48, "hour", "48 heures")],
)
def test_a_duration_is_written_in_french(delay, unit, text):
    assert Deadline(delay=delay, unit=unit).duration == text


def test_a_deadline_lasts_at_least_one_unit():
    error = FrequentErrorFactory()

    with pytest.raises(IntegrityError):
        Deadline.objects.create(error=error, trigger="x", delay=0, unit="day", effect="y")


@pytest.mark.parametrize(("value", "uri"), [("36 46", "tel:3646"), ("+33 1 23 45", "tel:+3312345")])
def test_a_phone_number_can_be_called(value, uri):
    assert ContactChannel(kind=ContactChannel.Kind.PHONE, value=value).telephone_uri == uri


def test_a_synonym_has_an_equivalent():
    with pytest.raises(IntegrityError):
        Synonym.objects.create(term="ANPE", equivalents=[])

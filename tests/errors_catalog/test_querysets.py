import pytest

from errors_catalog.models import FrequentError
from tests.factories import AdministrationFactory, FrequentErrorFactory, LifeEventFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_only_published_errors_are_public(status):
    FrequentErrorFactory(status=status)
    published = FrequentErrorFactory(published=True)

    assert list(FrequentError.objects.public()) == [published]


def test_an_administration_finds_its_errors_and_those_it_shares():
    caf, msa = AdministrationFactory(slug="caf"), AdministrationFactory(slug="msa")
    shared = FrequentErrorFactory(administration=caf)
    shared.other_administrations.add(msa)
    FrequentErrorFactory()

    assert list(FrequentError.objects.for_administration("msa")) == [shared]
    assert list(FrequentError.objects.for_administration("caf")) == [shared]


def test_a_life_event_finds_its_errors_once():
    moving, renting = LifeEventFactory(slug="demenager"), LifeEventFactory()
    error = FrequentErrorFactory(life_events=[renting, moving])

    assert list(FrequentError.objects.for_life_event("demenager")) == [error]


def test_errors_come_in_the_order_of_their_keys():
    first, _, third = FrequentErrorFactory.create_batch(3)

    assert list(FrequentError.objects.in_order([third.pk, first.pk])) == [third, first]

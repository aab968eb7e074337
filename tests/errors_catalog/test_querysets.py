import pytest

from errors_catalog.models import FrequentError
from errors_catalog.querysets import search_terms
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


@pytest.mark.parametrize("words", ["impots", "impôt", "IMPÔTS", "declarer ses impots", "imppots"])
def test_search_forgives_accents_plurals_and_typos(words):
    error = FrequentErrorFactory(title="Oublier de déclarer un changement aux impôts")
    FrequentErrorFactory(title="Perdre sa carte grise")

    assert FrequentError.objects.matching(words).first() == error


def test_search_reads_the_words_of_the_user():
    error = FrequentErrorFactory(keywords=["nounou"])
    FrequentErrorFactory()

    assert list(FrequentError.objects.matching("ma nounou")) == [error]


def test_title_weighs_more_than_body():
    in_body = FrequentErrorFactory(situation="Le loyer est dû.")
    in_title = FrequentErrorFactory(title="J'ai payé mon loyer deux fois")

    assert list(FrequentError.objects.matching("loyer")) == [in_title, in_body]


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("Trop-perçu d'APL !", ["trop", "percu", "d", "apl"]),
        ("bœuf & ail | !( )", ["boeuf", "ail"]),
        ("🙂 مرحبا", []),
        (" ".join(f"mot{n}" for n in range(40)), [f"mot{n}" for n in range(12)]),
    ],
)
def test_terms_of_a_query(words, terms):
    assert search_terms(words) == terms

"""What the search understands."""

import pytest

from errors_catalog.models import BestBet, FrequentError, Synonym
from errors_catalog.search import engine, index, normalise
from tests.factories import AdministrationFactory, FrequentErrorFactory

pytestmark = pytest.mark.django_db


def found(words: str, **options: bool) -> list[int]:
    index.rebuild()
    return engine.search(words, **options).hits


@pytest.mark.parametrize(
    "words",
    [
        "impots",
        "impôt",
        "IMPÔTS",
        "declarer ses impots",
        "déclarés aux impôts",
        "imppots",
        "ipmots",
        "limpot",
        "l'impôt",
        "décla rer",
        "changementimpots",
        "jai pa declaré o impots",
    ],
)
def test_accents_inflections_typos_and_sms_are_forgiven(words):
    error = FrequentErrorFactory(published=True, title="Oublier de déclarer un changement aux impôts")
    FrequentErrorFactory(published=True, title="Perdre sa carte grise")

    assert found(words)[0] == error.pk


def test_a_french_word_is_never_repaired():
    FrequentErrorFactory(published=True, title="Perdre sa carte grise")

    assert found("tarte aux fraises") == []


def test_exact_leaves_the_spelling_as_it_is():
    FrequentErrorFactory(published=True, title="Perdre sa quittance")

    assert found("quitance", exact=True) == []


def test_the_words_searched_instead_are_said():
    FrequentErrorFactory(published=True, title="Perdre sa quittance")
    index.rebuild()

    assert engine.search("quitance").corrected == "quittance"
    assert engine.search("quittance").corrected == ""


def test_title_weighs_more_than_body():
    in_body = FrequentErrorFactory(published=True, situation="Le loyer est dû.")
    in_title = FrequentErrorFactory(published=True, title="J'ai payé mon loyer deux fois")

    assert found("loyer") == [in_title.pk, in_body.pk]


def test_a_rare_word_weighs_more_than_a_common_one():
    common = [FrequentErrorFactory(published=True, title=f"Déclaration {number}") for number in range(5)]
    rare = FrequentErrorFactory(published=True, title="Ma ruche")

    assert found("déclaration ruche")[0] == rare.pk
    assert set(found("déclaration ruche")[1:]) <= {error.pk for error in common}


def test_the_same_thing_is_found_both_ways():
    Synonym.objects.create(term="AAH", equivalents=["allocation aux adultes handicapés"], kind="same")
    acronym = FrequentErrorFactory(published=True, title="Je touche l'AAH")
    words = FrequentErrorFactory(published=True, title="Allocation aux adultes handicapés et travail")

    assert set(found("AAH")) == set(found("allocation aux adultes handicapés")) == {acronym.pk, words.pk}


def test_an_everyday_word_leads_one_way():
    Synonym.objects.create(term="bagnole", equivalents=["voiture"], kind="toward")
    official = FrequentErrorFactory(published=True, title="Vendre sa voiture")
    everyday = FrequentErrorFactory(published=True, title="Ma bagnole")

    assert set(found("bagnole")) == {official.pk, everyday.pk}
    assert found("voiture") == [official.pk]


def test_the_former_name_of_an_administration_finds_it():
    body = AdministrationFactory(short_name="France Travail", former_names=["Pôle emploi"])
    error = FrequentErrorFactory(published=True, administration=body)
    FrequentErrorFactory(published=True)

    assert found("pole emploi") == [error.pk]


def test_an_imposed_answer_stands_first_whatever_the_punctuation():
    chosen = FrequentErrorFactory(published=True, title="Autre chose")
    FrequentErrorFactory(published=True, title="Prime de Noël")
    BestBet.objects.create(wording="prime de noël", error=chosen)

    assert found("Prime de Noel !")[0] == chosen.pk


def test_an_imposed_answer_that_is_withdrawn_is_not_given():
    BestBet.objects.create(wording="prime", error=FrequentErrorFactory(title="Brouillon"))

    assert list(FrequentError.objects.public().in_order(found("prime"))) == []


def test_confidence_falls_with_words_that_nothing_holds():
    FrequentErrorFactory(published=True, title="Payer son loyer")
    index.rebuild()

    assert engine.search("loyer").is_sure
    assert not engine.search("loyer astronaute kangourou brocoli").is_sure


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Trop-perçu d'APL !", "Trop-perçu d'APL !"),
        ("a\x00b\u202ec\nd", "a b c d"),
        ("\uff43\uff41\uff46", "caf"),
        ("é" * 60_000, "é" * 200),
    ],
)
def test_a_query_is_repeated_without_what_cannot_be_printed(typed, kept):
    assert normalise.readable(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "\x00",
        "!!!",
        "a & b | !c <-> (d:*)",
        "🙂🙂",
        "\u202eمرحبا",
        "' OR 1=1 --",
        "é" * 60_000,
        "mot " * 15_000,
        "9" * 400,
    ],
    ids=range(9),
)
def test_nothing_breaks_the_search(typed):
    FrequentErrorFactory(published=True, title="J'ai oublié ma quittance")
    index.rebuild()

    assert len(engine.search(typed).hits) <= 1

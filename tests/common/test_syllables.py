import pytest

from common import syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("je", 1),
        ("les", 1),
        ("règles", 1),
        ("banque", 1),
        ("beaucoup", 2),
        ("payer", 2),
        ("moyen", 2),
        ("lui", 1),
        ("pied", 1),
        ("oui", 1),
        ("eau", 1),
        ("œuvre", 1),
        ("famille", 2),
        ("guichet", 2),
        ("mangeons", 2),
        ("client", 2),
        ("oublier", 3),
        ("création", 3),
        ("européen", 4),
        ("maïs", 2),
        ("données", 2),
        ("justificatif", 5),
        ("administration", 5),
        ("l'administration", 5),
        ("IMPÔTS", 2),
        ("trop-perçu", 3),
    ],
)
def test_a_syllable_is_a_vowel_that_is_heard(word, count):
    assert syllables.count(word) == count


@pytest.mark.parametrize(("word", "count"), [("peuvent", 1), ("disposaient", 3), ("versent", 1), ("créent", 1)])
def test_the_end_of_a_verb_in_ent_is_silent(word, count):
    assert syllables.count(word) == count


@pytest.mark.parametrize(("word", "count"), [("agent", 2), ("récent", 2), ("document", 3), ("paiement", 2)])
def test_the_end_of_a_noun_in_ent_is_heard(word, count):
    assert syllables.count(word) == count


@pytest.mark.parametrize("word", ["2026", "RSA", "l'", "", "k", "日本"])
def test_what_holds_no_vowel_counts_for_one(word):
    assert syllables.count(word) == 1

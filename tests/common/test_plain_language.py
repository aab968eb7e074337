import pytest

from common import plain_language


def test_each_item_of_a_list_is_a_sentence():
    assert plain_language.sentences("1. Ouvrez **Mon Compte**\n2. Corrigez. Gardez une preuve.\n") == [
        "Ouvrez Mon Compte",
        "Corrigez.",
        "Gardez une preuve.",
    ]


def test_a_long_sentence_is_found():
    assert plain_language.long_sentences("Bref. " + "mot " * 36 + ".") == ["mot " * 36 + "."]


def test_average_of_an_empty_text_is_nought():
    assert plain_language.average_sentence("") == 0


def test_average_counts_words_a_sentence():
    assert plain_language.average_sentence("Un deux. Un deux trois quatre.") == 3


def test_words_to_avoid_are_found_in_any_case():
    assert plain_language.avoided_words("Le cas échéant, écrivez.") == ["le cas échéant"]


@pytest.mark.parametrize(
    ("text", "unexplained"),
    [
        ("Écrivez à la MDPH.", ["MDPH"]),
        ("Écrivez à la MDPH (maison départementale des personnes handicapées).", []),
        ("Écrivez à la maison départementale (MDPH), puis rappelez la MDPH.", []),
        ("La mention « IOSS » (guichet européen) suffit.", []),
        ("Le RSA et la TVA sont connus.", []),
        ("Voir https://www.ANTS.gouv.fr", []),
    ],
)
def test_an_acronym_is_explained_by_a_parenthesis(text, unexplained):
    assert plain_language.unexplained_acronyms(text) == unexplained

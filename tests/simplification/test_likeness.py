"""The same letter, sent by several people."""

from simplification.likeness import ALIKE, fingerprint
from tests.simplification.letters import LETTER

OTHER = """Monsieur, votre demande de carte grise a bien été enregistrée par notre service. Pour la compléter, envoyez
une copie de votre permis de conduire, un justificatif de domicile récent ainsi que le contrôle technique du véhicule
concerné. Sans ces pièces, votre demande sera fermée et vous devrez en déposer une nouvelle sur le site de France Titres
avant la fin du mois."""


def distance(one: str, two: str) -> int:
    first, second = fingerprint(one), fingerprint(two)
    assert first is not None
    assert second is not None
    return ((first ^ second) & (1 << 64) - 1).bit_count()


def test_names_dates_and_amounts_make_no_difference():
    assert distance(f"Paris, le 3 mars. {LETTER} 1 250 €", f"Lyon, le 12 mai. {LETTER} 87 €") <= ALIKE


def test_two_letters_on_different_matters_differ():
    assert distance(LETTER, OTHER) > ALIKE


def test_a_few_words_are_like_nothing():
    assert fingerprint("Bonjour, je ne comprends pas.") is None


def test_a_fingerprint_fits_in_a_column_of_64_bits():
    assert -(2**63) <= (fingerprint(LETTER) or 0) < 2**63

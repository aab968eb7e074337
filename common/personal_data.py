"""What must not be kept of what people type without being asked."""

import re

MASK = "(masqué)"
# An e-mail address; a number of five digits or more, however it is spaced: a person's, a telephone's, a file's.
PERSONAL = re.compile(r"\S+@\S+|\d(?:[\s./-]?\d){4,}")


def has_personal_data(text: str) -> bool:
    return PERSONAL.search(text) is not None


def masked(text: str) -> str:
    """The text with its e-mail addresses and long numbers replaced.

    >>> masked("Écrivez à jean@exemple.fr, dossier 12 345 678")
    'Écrivez à (masqué) dossier (masqué)'
    """
    return PERSONAL.sub(MASK, text)

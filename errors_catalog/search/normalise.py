"""What was typed, as words that the search can use."""

import re
import unicodedata

from errors_catalog.search import french

MAX_LENGTH = 200
MAX_WORDS = 12


def readable(typed: str) -> str:
    """The query as the page repeats it: no control character, one line, 200 characters at most."""
    printable = "".join(
        character if character.isprintable() else " " for character in unicodedata.normalize("NFKC", typed[:10_000])
    )
    return " ".join(printable.split())[:MAX_LENGTH].strip()


def normalised(text: str) -> str:
    """Lower case, without accents or punctuation.

    >>> normalised("Trop-perçu d'APL !")
    'trop percu d apl'
    """
    lowered = text.lower().replace("œ", "oe").replace("æ", "ae")
    plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", plain))


def tokens(typed: str) -> list[str]:
    """The words of a query, SMS spelled out.

    >>> tokens("jsuis pas daccord avec le trop perçu")
    ['pas', 'accord', 'avec', 'le', 'trop', 'percu']
    """
    return [word for token in normalised(readable(typed)).split() for word in french.SMS.get(token, token).split()]


def telling(words: list[str]) -> list[str]:
    """The words worth a search, twelve at most: those that say nothing are dropped, unless nothing else was typed."""
    return ([word for word in words if word not in french.STOP_WORDS] or words)[:MAX_WORDS]

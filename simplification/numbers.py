"""Numbers that people copy by hand, and keys that nobody guesses."""

import hashlib
import hmac
import secrets

from django.conf import settings

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without 0, 1, I and O, which are read for one another


def draw_number(year: int) -> str:
    """A number such as `OUPS-2026-K7M4Q2XB`. Its forty bits make a clash rare; the database refuses one."""
    return f"OUPS-{year}-{''.join(secrets.choice(ALPHABET) for _ in range(8))}"


def normalised_number(typed: str) -> str:
    """The number as it is kept, whatever the spaces, the case and the hyphens of who copied it."""
    letters = "".join(character for character in typed.upper() if character.isalnum())
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


def draw_token() -> str:
    """What names a form being filled in: 192 bits, in its addresses."""
    return secrets.token_urlsafe(24)


def tracking_key(token: str) -> str:
    """The key shown once to the sender: 130 bits, in groups of four; one form has one key, however often it is sent."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"tracking {token}".encode(), hashlib.sha256).digest()
    letters = "".join(ALPHABET[byte % 32] for byte in digest[:26])
    return "-".join(letters[start : start + 4] for start in range(0, 26, 4))


def key_digest(key: str) -> str:
    """What is kept of a key, whatever the spaces, the case and the hyphens of who typed it."""
    letters = "".join(character for character in key.upper() if character.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()

"""The door of the form: a signed mark of when it was opened, which also names the draft that its first answer makes.

Sent twice, or found again by the « back » button, the same mark leads to the same draft.
"""

from enum import Enum

from django.core.signing import BadSignature, TimestampSigner

from simplification.numbers import draw_token

TOO_SOON = 2  # seconds: nobody reads the page and chooses a file in less
TOO_LATE = 12 * 3600

_signer = TimestampSigner(salt="simplification.entry")


class Doubt(Enum):
    """Why a form is shown once more before its answers are taken. What it holds is kept."""

    MACHINE = (
        "Cette page a été envoyée si vite que nous ne savons pas si une personne l'a remplie. "
        "Vérifiez-la, puis appuyez à nouveau sur « Continuer »."
    )
    STALE = (
        "Cette page est restée ouverte trop longtemps. Vérifiez-la, puis appuyez à nouveau sur « Continuer » : "
        "vos fichiers sont gardés."
    )


def new_mark() -> str:
    return _signer.sign(draw_token())


def token(mark: str) -> str | None:
    """The token that this mark carries, whatever its age; nothing when we did not write it."""
    try:
        return _signer.unsign(mark)
    except BadSignature:
        return None


def doubt(mark: str) -> Doubt | None:
    """What its age gives to doubt. One that we did not write counts as too old."""
    if _is_younger(mark, TOO_SOON):
        return Doubt.MACHINE
    return None if _is_younger(mark, TOO_LATE) else Doubt.STALE


def _is_younger(mark: str, seconds: int) -> bool:
    try:
        _signer.unsign(mark, max_age=seconds)
    except BadSignature:  # expired, or not ours
        return False
    return True

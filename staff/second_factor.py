"""The second factor: who must have one, and whether a session was opened with it."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest

from staff.sessions import started_at

ACTIVATED = "second_factor_activated"
# With the tolerance of `MFA_TOTP_TOLERANCE`, as many codes are valid at any moment.
VALID_CODES = 3


def is_proven(request: HttpRequest) -> bool:
    """Whether whoever holds this session has shown the account's second factor.

    Either the account had it when the session was opened, and the sign-in asked for it; or it was activated in this
    very session. A session opened with the password alone is worth nothing once somebody has activated the factor.
    """
    return not settings.SECOND_FACTOR_REQUIRED or _shown(request) is True


def is_missed(request: HttpRequest) -> bool:
    """Whether the account has a second factor that whoever holds this session has not shown."""
    return settings.SECOND_FACTOR_REQUIRED and _shown(request) is False


def _shown(request: HttpRequest) -> bool | None:
    """`None` for an account without a factor. Read once a request."""
    if not hasattr(request, "_second_factor"):
        factor = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.TOTP).first()
        request._second_factor = factor and _was_shown(request, factor)  # type: ignore[attr-defined]
    return request._second_factor  # type: ignore[attr-defined]


def _was_shown(request: HttpRequest, factor: Authenticator) -> bool:
    return factor.created_at.timestamp() <= started_at(request) or request.session.get(ACTIVATED) == factor.pk


def note_activation(request: HttpRequest) -> None:
    factor = Authenticator.objects.get(user_id=request.user.pk, type=Authenticator.Type.TOTP)
    request.session[ACTIVATED] = factor.pk


def reset(user: AbstractBaseUser) -> None:
    """Forget the application and the recovery codes of somebody: their next sign-in leads to a new activation."""
    Authenticator.objects.filter(user_id=user.pk).delete()


@transaction.atomic
def use_code(factor: Authenticator, code: str) -> bool:
    """Whether this right code of the application is used for the first time, whatever process saw the other."""
    if factor.type != Authenticator.Type.TOTP:
        return True
    locked = Authenticator.objects.select_for_update().get(pk=factor.pk)
    used = locked.data.get("used_codes", [])
    if code in used:
        return False
    locked.data["used_codes"] = [*used, code][-VALID_CODES:]
    locked.save(update_fields=["data"])
    return True

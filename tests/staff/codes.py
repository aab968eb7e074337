"""The codes that an application would show for the key of the tests."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.factories import SECOND_FACTOR_KEY

PERIOD = 30


def code(key: str = SECOND_FACTOR_KEY, *, later: int = 0) -> str:
    """The code of now, or of so many periods later."""
    return format_hotp_value(hotp_value(key, int(time.time()) // PERIOD + later))


WRONG = "000000"

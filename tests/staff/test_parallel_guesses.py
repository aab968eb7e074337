"""A thousand guesses sent at once are not a thousand guesses."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import RequestFactory

from staff import lockout

AT_ONCE = 40


@pytest.mark.django_db(transaction=True)
def test_attempts_sent_at_once_are_counted_before_they_are_judged():
    request = RequestFactory().post("/")

    def attempt(number: int) -> bool:
        try:
            lockout.count_attempt(request, account="camille")
        except lockout.TooManyAttemptsError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as threads:
        judged = sum(threads.map(attempt, range(AT_ONCE)))

    assert judged == lockout.ACCOUNT.tolerated + 1

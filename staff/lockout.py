"""Who guesses waits, longer each time: for an account, known or not, and for a network.

An attempt is counted before it is judged, so that a thousand sent at once are not a thousand guesses; it is taken back
when it was right. Only keyed hashes are kept, in the database, which every process shares.
"""

import hmac
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from common.rate_limit import network
from staff.models import FailedAttempts


@dataclass(frozen=True)
class Policy:
    """After `tolerated` failures one waits a minute, then twice as long each time, `longest` at most."""

    tolerated: int
    longest: timedelta
    memory: timedelta  # without a failure for so long, all is forgotten

    def wait(self, failures: int) -> timedelta:
        doublings = failures - self.tolerated - 1
        if doublings < 0:
            return timedelta()
        return min(self.longest, timedelta(minutes=1) * 2 ** min(doublings, 20))


ACCOUNT = Policy(tolerated=5, longest=timedelta(hours=1), memory=timedelta(hours=24))
# A whole office shares a network: its colleagues' mistakes must not keep somebody out for long.
NETWORK = Policy(tolerated=30, longest=timedelta(minutes=15), memory=timedelta(hours=1))


class TooManyAttemptsError(Exception):
    def __init__(self, wait: timedelta) -> None:
        self.wait = wait


@dataclass(frozen=True)
class _Count:
    """A row as it was and as the attempt left it."""

    key: str
    before: tuple[int, datetime]
    after: tuple[int, datetime]


@dataclass(frozen=True)
class Attempt:
    counts: Iterable[_Count]

    def take_back(self) -> None:
        """The attempt was right: it does not count, unless another has failed meanwhile."""
        for count in self.counts:
            row = FailedAttempts.objects.filter(key=count.key, failures=count.after[0], blocked_until=count.after[1])
            row.update(failures=count.before[0], blocked_until=count.before[1])


@transaction.atomic
def count_attempt(request: HttpRequest, *, account: str) -> Attempt:
    """Count one more attempt. Raises `TooManyAttemptsError` when this account or this network must still wait."""
    now = timezone.now()
    # Always the account first: two attempts that share both rows do not wait for each other.
    locked = [(_locked(_key("account", _folded(account)), now), ACCOUNT)]
    locked.append((_locked(_key("network", network(request)), now), NETWORK))
    wait = max(row.blocked_until for row, _ in locked) - now
    if wait > timedelta():
        raise TooManyAttemptsError(wait)
    return Attempt([_count(row, policy, now) for row, policy in locked])


def forget(*, account: str) -> None:
    """Somebody proved who they are: their account starts afresh. Their network does not."""
    FailedAttempts.objects.filter(key=_key("account", _folded(account))).delete()


def purge() -> int:
    """Drop what no longer counts. Returns how many rows went."""
    return FailedAttempts.objects.filter(last_at__lt=timezone.now() - ACCOUNT.memory).delete()[0]


def _locked(key: str, now: datetime) -> FailedAttempts:
    FailedAttempts.objects.get_or_create(key=key, defaults={"last_at": now, "blocked_until": now})
    return FailedAttempts.objects.select_for_update().get(key=key)


def _count(row: FailedAttempts, policy: Policy, now: datetime) -> _Count:
    if now - row.last_at > policy.memory:
        row.failures = 0
    before = (row.failures, row.blocked_until)
    row.failures += 1
    row.last_at = now
    row.blocked_until = now + policy.wait(row.failures)
    row.save()
    return _Count(row.key, before, (row.failures, row.blocked_until))


def _folded(account: str) -> str:
    """One spelling of a name: another case or another width of letters is not another account."""
    return unicodedata.normalize("NFKC", account).casefold()


def _key(kind: str, name: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{kind} {name}".encode(), sha256).hexdigest()

"""The data of the work list: a year of searches, of readers' messages and of events, and something in every list.

The same numbers of rows whatever the size of the catalogue, and the same rows at each run.
"""

from datetime import timedelta

from django.contrib.auth.models import Group, User
from django.db import connection
from django.db.models import F
from django.db.models.functions import Mod
from django.utils import timezone

from errors_catalog.models import (
    EntryEvent,
    FrequentError,
    LinkCheck,
    OfficialSource,
    Proposal,
    ReaderMessage,
    RereadingRequest,
    SearchLog,
)
from oups import roles

SEARCHES = 100_000
MESSAGES = 100_000
EVENTS = 50_000
WAITING = 300  # proposals, and entries to reread
READ_MOST = 100  # entries that half of the readers answer about
BATCH = 5_000

Action, State, Kind = EntryEvent.Action, Proposal.State, ReaderMessage.Kind


def reviewer() -> User:
    """Somebody who has every list of the editors to deal with."""
    user, _ = User.objects.get_or_create(username="banc-relecteur", is_staff=True)
    user.groups.set(Group.objects.filter(name="relecteur"))
    return user


def fill() -> None:
    """Fill the tables of the desk anew."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")  # what is emptied was filled by the run before
    for model in (SearchLog, ReaderMessage, EntryEvent, Proposal, RereadingRequest, LinkCheck):
        model.objects.all().delete()
    roles.create_roles()
    writer, _ = User.objects.get_or_create(username="banc-redacteur", is_staff=True)
    entries = list(FrequentError.objects.public().order_by("pk").values_list("pk", flat=True))
    _fill_searches()
    _fill_messages(entries)
    _fill_proposals(entries[:WAITING], writer, reviewer())
    _fill_events(entries, writer)
    _fill_care(entries[:WAITING])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _fill_searches() -> None:
    today = timezone.localdate()
    SearchLog.objects.bulk_create(
        (
            SearchLog(
                day=today - timedelta(days=number % 390),
                query=f"recherche {number % 9_001}",
                results=0 if number % 7 == 0 else 12,
                confidence=0.8,
                times=1 + number % 5,
            )
            for number in range(SEARCHES)
        ),
        batch_size=BATCH,
    )


def _fill_messages(entries: list[int]) -> None:
    now = timezone.now()
    ReaderMessage.objects.bulk_create(
        (
            ReaderMessage(
                kind=Kind.HELPFUL if number % 5 < 3 else Kind.UNHELPFUL,
                error_id=entries[number % (READ_MOST if number % 2 else len(entries))],
                text="Un avis.",
                created_at=now - timedelta(days=number % 364),
                settled_at=None if number % 20 == 3 else now,
            )
            for number in range(MESSAGES)
        ),
        batch_size=BATCH,
    )


def _fill_proposals(entries: list[int], writer: User, reader: User) -> None:
    now = timezone.now()
    for number, entry in enumerate(entries):
        state = [State.WRITING, State.IN_REVIEW, State.SCHEDULED][number % 3]
        Proposal.objects.create(
            error_id=entry,
            state=state,
            content={},
            author=reader if state == State.WRITING else writer,
            submitted_at=now,
            decided_by=reader if state == State.SCHEDULED else None,
            publish_at=now + timedelta(days=9) if state == State.SCHEDULED else None,
        )


def _fill_events(entries: list[int], writer: User) -> None:
    now = timezone.now()
    actions = [Action.SAVED, Action.SUBMITTED, Action.PUBLISHED, Action.CHECKED]
    EntryEvent.objects.bulk_create(
        (
            EntryEvent(
                error_id=entries[number // 5 % len(entries)],
                action=actions[number % 4],
                by=writer,
                at=now - timedelta(days=700 * (EVENTS - number) // EVENTS),
            )
            for number in range(EVENTS)
        ),
        batch_size=BATCH,
    )


def _fill_care(waiting: list[int]) -> None:
    """Checks due over ten months, notes, law that changed, links that broke."""
    today, now = timezone.localdate(), timezone.now()
    public = FrequentError.objects.public()
    for month in range(10):
        public.annotate(month=Mod(F("pk"), 10)).filter(month=month).update(
            checked_on=today - timedelta(days=30 * (month + 4)), editor_note="À vérifier." if month == 0 else ""
        )
    RereadingRequest.objects.bulk_create(
        RereadingRequest(error_id=entry, cause="Un code, article 1 : ce que dit le texte") for entry in waiting
    )
    urls = OfficialSource.objects.order_by("url").values_list("url", flat=True).distinct()
    LinkCheck.objects.bulk_create(
        LinkCheck(url=url, outcome="broken" if number % 5 == 0 else "works", detail="HTTP 404", checked_at=now)
        for number, url in enumerate(urls)
    )

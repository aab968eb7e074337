"""The care of the catalogue, its searches and its readers, in numbers by week."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.formats import date_format

from common.charts import BarChart, Point
from errors_catalog.models import EntryEvent, FrequentError, ReaderMessage, SearchLog

WEEKS = 26
Action, Kind = EntryEvent.Action, ReaderMessage.Kind
Row = dict[str, int]


def charts(user: User) -> list[BarChart]:
    """What this person may see of the last weeks, the current one included: one query a subject."""
    subjects = {
        "errors_catalog.view_entryevent": _care,
        "errors_catalog.view_searchlog": _searches,
        "errors_catalog.view_readermessage": _opinions,
    }
    return [chart for permission, subject in subjects.items() if user.has_perm(permission) for chart in subject()]


def checks_today(user: User) -> dict[str, int]:
    """How many entries are public, and how many of them should have been checked by now: `public`, `overdue`."""
    if not user.has_perm("errors_catalog.view_frequenterror"):
        return {}
    late = Q(check_due__lt=timezone.localdate())
    return FrequentError.objects.public().aggregate(public=Count("pk"), overdue=Count("pk", filter=late))


def _care() -> list[BarChart]:
    rows = _by_week(
        EntryEvent.objects.filter(at__gte=_midnight(_weeks()[0]), action__in=[Action.PUBLISHED, Action.CHECKED]),
        TruncDate("at"),
        published=Count("action", filter=Q(action=Action.PUBLISHED)),
        checked=Count("action", filter=Q(action=Action.CHECKED)),
    )
    return [
        BarChart("publications", "Erreurs publiées ou modifiées", _points(rows, lambda row: row["published"])),
        BarChart("verifications", "Vérifications faites", _points(rows, lambda row: row["checked"])),
    ]


def _searches() -> list[BarChart]:
    rows = _by_week(
        SearchLog.objects.filter(day__gte=_weeks()[0]),
        F("day"),
        made=Sum("times"),
        empty=Sum("times", filter=Q(results=0), default=0),
    )
    share = _points(rows, lambda row: _percent(row["empty"], row["made"]), missing=None)
    return [
        BarChart("recherches-faites", "Recherches", _points(rows, lambda row: row["made"])),
        BarChart("part-sans-reponse", "Recherches sans réponse", share, unit="%"),
    ]


def _opinions() -> list[BarChart]:
    votes = ReaderMessage.objects.filter(created_at__gte=_midnight(_weeks()[0]), kind__in=ReaderMessage.VOTES)
    rows = _by_week(
        votes, TruncDate("created_at"), helpful=Count("kind", filter=Q(kind=Kind.HELPFUL)), given=Count("kind")
    )
    share = _points(rows, lambda row: _percent(row["helpful"], row["given"]), missing=None)
    return [BarChart("part-de-oui", "Lecteurs qui disent « oui, la page aide »", share, unit="%", top=100)]


def _weeks() -> list[date]:
    """The Mondays, the oldest first."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=ago) for ago in reversed(range(WEEKS))]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _by_week(rows: QuerySet, day: F | TruncDate, **counted: Any) -> dict[date, Row]:
    """What is counted each week. The columns are those that an index holds: the rows themselves are not read."""
    weeks: dict[date, Row] = {}
    for row in rows.order_by().values(on=day).annotate(**counted):
        on = row.pop("on")
        week = weeks.setdefault(on - timedelta(days=on.weekday()), dict.fromkeys(row, 0))
        week.update({name: week[name] + number for name, number in row.items()})
    return weeks


def _points(rows: dict[date, Row], value: Callable[[Row], int | None], *, missing: int | None = 0) -> list[Point]:
    return [Point(date_format(week, "j F Y"), value(rows[week]) if week in rows else missing) for week in _weeks()]


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None

"""The care of the catalogue, its searches and its readers, in numbers by week."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, DateTimeField, Func, IntegerField, Q, QuerySet, Sum, Value
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
    return FrequentError.objects.public().aggregate(public=Count("check_due"), overdue=Count("check_due", filter=late))


def _care() -> list[BarChart]:
    rows = _by_week(
        EntryEvent.objects.filter(action__in=[Action.PUBLISHED, Action.CHECKED]),
        "at",
        published=Count("action", filter=Q(action=Action.PUBLISHED)),
        checked=Count("action", filter=Q(action=Action.CHECKED)),
    )
    return [
        BarChart("publications", "Erreurs publiées ou modifiées", _points(rows, lambda row: row["published"])),
        BarChart("verifications", "Vérifications faites", _points(rows, lambda row: row["checked"])),
    ]


def _searches() -> list[BarChart]:
    rows = _by_week(
        SearchLog.objects.all(), "day", made=Sum("times"), empty=Sum("times", filter=Q(results=0), default=0)
    )
    share = _points(rows, lambda row: _percent(row["empty"], row["made"]), missing=None)
    return [
        BarChart("recherches-faites", "Recherches", _points(rows, lambda row: row["made"])),
        BarChart("part-sans-reponse", "Recherches sans réponse", share, unit="%"),
    ]


def _opinions() -> list[BarChart]:
    votes = ReaderMessage.objects.filter(kind__in=ReaderMessage.VOTES)
    helpful = Count("kind", filter=Q(kind=Kind.HELPFUL))
    rows = _by_week(votes, "created_at", helpful=helpful, given=Count("kind"))
    share = _points(rows, lambda row: _percent(row["helpful"], row["given"]), missing=None)
    return [BarChart("part-de-oui", "Lecteurs qui disent « oui, la page aide »", share, unit="%", top=100)]


def _weeks() -> list[date]:
    """The Mondays, the oldest first."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=ago) for ago in reversed(range(WEEKS))]


def _by_week(rows: QuerySet, moment: str, **counted: Any) -> dict[date, Row]:
    """What is counted each week. Its columns are held by an index: the rows themselves are not read."""
    weeks = _weeks()
    field = rows.model._meta.get_field(moment)
    starts: list[Any] = weeks
    if isinstance(field, DateTimeField):
        starts = [timezone.make_aware(datetime.combine(monday, time.min)) for monday in weeks]
    place = Func(
        moment,
        Value(starts, ArrayField(type(field)())),
        function="width_bucket",  # a truncation to the week would take three times longer
        output_field=IntegerField(),
    )
    recent = rows.order_by().filter(**{f"{moment}__gte": starts[0]})
    return {weeks[row["week"] - 1]: row for row in recent.values(week=place).annotate(**counted)}


def _points(rows: dict[date, Row], value: Callable[[Row], int | None], *, missing: int | None = 0) -> list[Point]:
    return [Point(date_format(week, "j F Y"), value(rows[week]) if week in rows else missing) for week in _weeks()]


def _percent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None

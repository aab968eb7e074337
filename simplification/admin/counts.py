"""What the team and the auditors count."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Func, Min, Q, QuerySet

from simplification.figures import median_wait
from simplification.models import Submission

UNKNOWN = "administration inconnue"
AGES = [(7, "moins de 7 jours"), (15, "de 7 à 14 jours"), (30, "de 15 à 29 jours")]
OLDEST = "30 jours et plus"
COUNTED = {
    "received": Count("pk"),
    "open": Count("pk", filter=~Q(state__in=Submission.ENDED)),
    "wait": median_wait(),
}


@dataclass(frozen=True)
class Line:
    """What is counted for one administration, or one difficulty."""

    label: str
    received: int
    open: int
    median_days: float | None


@dataclass(frozen=True)
class Statistics:
    """Every figure of the page."""

    total: Line
    by_administration: list[Line]
    by_difficulty: list[Line]
    backlog: dict[str, int]


def statistics() -> Statistics:
    """Count what was sent. Drafts are nobody's business."""
    sent = Submission.objects.sent()
    administrations = _counted(sent.order_by().values(label=F("administration__short_name")))
    difficulties = _counted(sent.order_by().values(label=Func("difficulties", function="UNNEST")))
    return Statistics(
        total=_line(sent.aggregate(**COUNTED)),
        by_administration=[_line(row, label=row["label"] or UNKNOWN) for row in administrations],
        by_difficulty=[_line(row, label=str(Submission.Difficulty(row["label"]).label)) for row in difficulties],
        backlog=_backlog(),
    )


def _counted(groups: QuerySet) -> QuerySet:
    return groups.annotate(**COUNTED, first=Min("pk")).order_by("-received", "first")


def _line(row: dict, *, label: str = "") -> Line:
    days = row["wait"] / timedelta(days=1) if row["wait"] is not None else None
    return Line(label, row["received"], row["open"], days)


def _backlog() -> dict[str, int]:
    """The open documents by age."""
    counted = dict.fromkeys([*(label for _, label in AGES), OLDEST], 0)
    for submission in Submission.objects.open().only("received_at", "created_at"):
        counted[next((label for limit, label in AGES if submission.age < limit), OLDEST)] += 1
    return counted

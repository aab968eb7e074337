"""What becomes of the documents, in figures for everyone. Small ones, which could point at someone, are not told."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Q

from simplification.models import Rewriting, Submission

FEWEST = 5  # under which a count is not told


class Median(Aggregate):
    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def median_wait() -> Median:
    """The time in which half of the answered documents were answered; nothing when none was."""
    return Median(ExpressionWrapper(F("answered_at") - F("received_at"), output_field=DurationField()))


@dataclass(frozen=True)
class Line:
    """One row of a table: `count` is nothing when it is too small to be told."""

    label: str
    count: int | None


@dataclass(frozen=True)
class Figures:
    received: int
    rewritten: int
    answered: int
    median_answer: timedelta | None
    administrations: list[Line]
    others: bool
    difficulties: list[Line]

    @property
    def median_days(self) -> int | None:
        """In whole days, a day begun being counted: nobody was answered in less."""
        return None if self.median_answer is None else self.median_answer.days + 1


def figures() -> Figures:
    sent = Submission.objects.sent()
    totals = sent.aggregate(
        received=Count("pk"),
        answered=Count("answered_at"),
        median=median_wait(),
        **{value: Count("pk", filter=Q(difficulties__contains=[value])) for value in Submission.Difficulty.values},
    )
    named = list(
        sent.filter(administration__isnull=False)
        .values_list("administration__short_name")
        .annotate(count=Count("pk"))
        .order_by("-count", "administration__short_name")
    )
    return Figures(
        received=totals["received"],
        rewritten=Rewriting.objects.public().count(),
        answered=totals["answered"],
        median_answer=totals["median"] if totals["answered"] >= FEWEST else None,
        administrations=[Line(name, count) for name, count in named if count >= FEWEST],
        others=any(count < FEWEST for _, count in named),
        difficulties=sorted(
            (
                Line(str(label), totals[value] if totals[value] >= FEWEST else None)
                for value, label in Submission.Difficulty.choices
            ),
            key=lambda line: -(line.count or 0),
        ),
    )

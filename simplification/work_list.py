"""What waits for the team of the hard documents: the oldest first."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, Concat, TruncDate
from django.urls import reverse

from common.work_list import Section, in_words
from simplification import keeping
from simplification.models import Submission


def waiting(user: User) -> QuerySet:
    state = Concat(
        in_words("state", Submission.State),
        Value(", "),
        Coalesce("administration__short_name", Value("administration inconnue")),
    )
    return Submission.objects.open().annotate(
        key=F("pk"), label=F("number"), remark=state, since=TruncDate("received_at")
    )


def overdue(user: User) -> QuerySet:
    return keeping.overdue().annotate(
        key=F("pk"), label=F("number"), remark=in_words("state", Submission.State), since=F("purge_on")
    )


def _documents(name: str, title: str, dated: str, rows: Callable[[User], QuerySet], order: str) -> Section:
    """One of the lists of documents."""
    return Section(
        name=name,
        title=title,
        permission="simplification.change_submission",
        dated=dated,
        rows=rows,
        order=[order, "pk"],
        remedy=lambda key: reverse("admin:simplification_submission_change", args=[key]),
        everything=lambda: reverse("admin:simplification_submission_changelist"),
    )


SECTIONS = [
    _documents("documents", "Documents à simplifier", "reçu", waiting, "received_at"),
    _documents("overdue_documents", "Documents qui devraient être effacés", "à effacer", overdue, "purge_on"),
]

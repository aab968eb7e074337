"""What the log of searches teaches the editors."""

from django.db.models import Max, Min, QuerySet, Sum

from errors_catalog.models import SearchLog
from errors_catalog.search.engine import SURE
from errors_catalog.search.log import MASK

# How the page of the editors can look at the log: the name in its address, then what it keeps.
VIEWS = {"sans-reponse": "Sans réponse", "peu-sures": "Peu sûres", "toutes": "Toutes"}


def queries(view: str) -> QuerySet:
    """Queries nobody has dealt with, most frequent first, each with `total`, `found`, `sure` and `answer`."""
    asked = SearchLog.objects.filter(verdict=SearchLog.Verdict.OPEN).exclude(query=MASK)
    if view == "sans-reponse":
        asked = asked.filter(results=0)
    rows = (
        asked.order_by()
        .values("query")
        .annotate(total=Sum("times"), found=Min("results"), sure=Min("confidence"), answer=Max("first"))
        .order_by("-total", "query")
    )
    return rows.filter(found__gt=0, sure__lt=SURE) if view == "peu-sures" else rows


def totals() -> dict[str, int]:
    """How many searches were made, and how many of them went without a sure answer."""
    made = SearchLog.objects.aggregate(total=Sum("times"))["total"] or 0
    empty = SearchLog.objects.filter(results=0).aggregate(total=Sum("times"))["total"] or 0
    unsure = SearchLog.objects.filter(results__gt=0, confidence__lt=SURE).aggregate(total=Sum("times"))["total"] or 0
    return {"made": made, "empty": empty, "unsure": unsure}

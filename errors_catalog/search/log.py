"""What people ask and whether they find it: counted a day, without anything that says who asked."""

from datetime import date, timedelta

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from common.personal_data import MASK, has_personal_data
from errors_catalog.models import SearchLog

MAX_LENGTH = 80
KEPT = timedelta(days=396)  # thirteen months

COUNT = """
INSERT INTO errors_catalog_searchlog (day, query, audience, results, confidence, first, times, verdict)
VALUES (%s, %s, %s, %s, %s, %s, 1, 'open')
ON CONFLICT (day, query, audience) DO UPDATE SET times = errors_catalog_searchlog.times + 1,
    results = excluded.results, confidence = excluded.confidence, first = excluded.first
"""


def record(words: str, *, audience: str, results: int, confidence: float, first: str) -> None:
    """Count one search. A log that cannot be written never costs the reader their page."""
    query = words.lower()
    if len(query) > MAX_LENGTH or has_personal_data(query):
        query = MASK
    row: list[date | str | int | float] = [timezone.localdate(), query, audience, results, confidence, first]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(COUNT, row)
    except DatabaseError:
        return


def purge() -> int:
    """Forget the searches of more than thirteen months ago. Returns how many lines went."""
    return SearchLog.objects.filter(day__lt=timezone.localdate() - KEPT).delete()[0]

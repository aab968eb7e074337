"""A change to the catalogue reaches the search; what is withdrawn is never shown."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from errors_catalog.models import FrequentError, SearchLog, SearchPosting, Synonym
from errors_catalog.search import engine, freshness, index, log
from tests.factories import FrequentErrorFactory


def titles(words: str) -> list[str]:
    return [error.title for error in FrequentError.objects.public().in_order(engine.search(words).hits)]


def test_a_published_error_is_found_once_the_worker_has_passed(run_worker):
    FrequentErrorFactory(published=True, title="Ma ruche non déclarée")
    assert titles("ruche") == []

    run_worker()

    assert titles("ruche") == ["Ma ruche non déclarée"]


def test_many_changes_make_one_rebuild(queue):
    for _ in range(3):
        FrequentErrorFactory(published=True)

    waiting = ProcrastinateJob.objects.filter(queueing_lock="search_rebuild", status="todo")
    assert waiting.count() == 1


def test_a_change_that_is_rolled_back_asks_for_nothing(db):
    FrequentErrorFactory(published=True)

    assert not ProcrastinateJob.objects.exists()


def test_a_withdrawn_error_is_never_shown_even_before_the_rebuild(client, db):
    error = FrequentErrorFactory(published=True, title="Ma ruche non déclarée")
    index.rebuild()
    FrequentError.objects.filter(pk=error.pk).update(status="archived")

    assert titles("ruche") == []
    assert list(client.get("/recherche/", {"q": "ruche"}).context["page"]) == []


def test_a_rebuild_holds_public_errors_only(db):
    FrequentErrorFactory(title="Brouillon")
    public = FrequentErrorFactory(published=True)

    index.rebuild()

    assert set(SearchPosting.objects.values_list("error", flat=True)) == {public.pk}


def test_a_second_request_does_not_undo_the_work_of_the_first(queue):
    freshness.request_rebuild()
    freshness.request_rebuild()

    Synonym.objects.create(term="nounou", equivalents=["assistante maternelle"])
    assert Synonym.objects.count() == 1


def test_searches_are_forgotten_after_thirteen_months(db):
    today = timezone.localdate()
    for age in (0, 390, 400):
        SearchLog.objects.create(day=today - timedelta(days=age), query="caf", results=1, confidence=1)

    assert log.purge() == 1


def test_the_log_holds_no_column_that_says_who_asked(db):
    with connection.cursor() as cursor:
        columns = {
            column.name for column in connection.introspection.get_table_description(cursor, "errors_catalog_searchlog")
        }

    assert columns == {"id", "day", "query", "audience", "results", "confidence", "first", "times", "verdict"}

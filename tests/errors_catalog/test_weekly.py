"""The numbers of the last weeks, and the charts that show them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from common.charts import BarChart, Point
from common.work_list import from_today
from errors_catalog import weekly
from errors_catalog.models import EntryEvent, SearchLog
from tests.factories import FrequentErrorFactory, ReaderMessageFactory, StaffFactory

THIS_WEEK, LAST_WEEK, LONG_AGO = timedelta(0), timedelta(weeks=1), timedelta(weeks=26)


def values_of(role="relecteur"):
    """The last two weeks of each chart, by name."""
    return {
        chart.name: [point.value for point in chart.points[-2:]] for chart in weekly.charts(StaffFactory(role=role))
    }


@pytest.mark.django_db
def test_publications_and_checks_are_counted_by_week():
    error = FrequentErrorFactory()
    for action, ago in [
        ("published", THIS_WEEK), ("published", LAST_WEEK), ("published", LAST_WEEK), ("checked", THIS_WEEK),
        ("saved", THIS_WEEK), ("published", LONG_AGO),
    ]:  # fmt: skip
        EntryEvent.objects.create(error=error, action=action, at=timezone.now() - ago)

    found = values_of()

    assert (found["publications"], found["verifications"]) == ([2, 1], [0, 1])


@pytest.mark.django_db
def test_searches_are_counted_and_the_share_without_answer_is_told():
    today = timezone.localdate()
    SearchLog.objects.create(day=today, query="caf", results=3, confidence=1, times=3)
    SearchLog.objects.create(day=today, query="ruche", results=0, confidence=0, times=1)

    found = values_of()

    assert (found["recherches-faites"], found["part-sans-reponse"]) == ([0, 4], [None, 25])


@pytest.mark.django_db
def test_the_share_of_readers_who_are_helped_is_told():
    error = FrequentErrorFactory(published=True)
    ReaderMessageFactory.create_batch(2, error=error, helpful=True)
    ReaderMessageFactory(error=error)
    ReaderMessageFactory(missing=True)

    assert values_of()["part-de-oui"] == [None, 67]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["rédacteur", "relecteur", "équipe simplification", "administrateur", "auditeur"])
def test_the_page_draws_each_chart_and_says_its_numbers(client, role):
    client.force_login(StaffFactory(role=role))

    page = client.get("/gestion/").content.decode()

    assert page.count('role="img"') == page.count("<summary>Les nombres") == 5


def test_the_highest_bar_fills_the_drawing_and_what_is_not_nothing_is_seen():
    chart = BarChart("x", "X", [Point("a", 1000), Point("b", 1), Point("c", 0), Point("d", None)])

    assert chart.bars == "M0 60v-60h8v60zM10 60v-1h8v1z"


def test_a_share_is_drawn_out_of_a_hundred():
    assert BarChart("x", "X", [Point("a", 50)], unit="%", top=100).bars == "M0 60v-30h8v30z"


@pytest.mark.parametrize(
    ("days", "words"),
    [(-3, "il y a 3 jours"), (-1, "hier"), (0, "aujourd'hui"), (1, "demain"), (40, "dans 40 jours")],
)
def test_a_day_is_told_from_today(days, words):
    assert from_today(timezone.localdate() + timedelta(days=days)) == words

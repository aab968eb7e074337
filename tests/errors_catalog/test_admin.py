"""The editors' desk."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from errors_catalog.models import FrequentError
from tests.factories import FrequentErrorFactory, StaffFactory

pytestmark = pytest.mark.django_db

LIST_URL = "/gestion/errors_catalog/frequenterror/"


@pytest.fixture
def editor(client):
    user = StaffFactory(role="relecteur")
    client.force_login(user)
    return user


def form_data(client, error: FrequentError, **changes: object) -> dict[str, object]:
    """What a browser would send for the entry's form as it is shown."""
    form = client.get(f"{LIST_URL}{error.pk}/change/").context["adminform"].form
    formsets = client.get(f"{LIST_URL}{error.pk}/change/").context["inline_admin_formsets"]
    data: dict[str, object] = {}
    for bound in [form, *(inline for formset in formsets for inline in [formset.formset.management_form])]:
        for field in bound:
            value = field.value()
            if value is True:
                value = "on"
            if value not in (None, False):
                data[field.html_name] = value
    for formset in formsets:
        for inline in formset.formset.forms:
            for field in inline:
                if (value := field.value()) not in (None, False):
                    data[field.html_name] = value
    return data | changes


def test_a_change_is_public_at_once(client, editor):
    error = FrequentErrorFactory(published=True, complete=True, title="Ancien titre")

    response = client.post(f"{LIST_URL}{error.pk}/change/", form_data(client, error, title="Nouveau titre"))

    assert response.status_code == 302
    assertContains(client.get(error.get_absolute_url()), "Nouveau titre")


def test_a_change_is_signed_in_the_history(client, editor):
    error = FrequentErrorFactory(published=True, complete=True)

    client.post(f"{LIST_URL}{error.pk}/change/", form_data(client, error, title="Nouveau titre"))

    assert error.history.first().history_user == editor


def test_publishing_dates_the_publication(client, editor):
    error = FrequentErrorFactory(complete=True)

    client.post(f"{LIST_URL}{error.pk}/change/", form_data(client, error, status="published"))

    error.refresh_from_db()
    assert error.published_at.date() == timezone.now().date()


def test_publishing_without_a_check_is_refused_in_french(client, editor):
    error = FrequentErrorFactory(complete=True)

    response = client.post(f"{LIST_URL}{error.pk}/change/", form_data(client, error, status="published", checked_on=""))

    assertContains(response, "Une erreur publiée porte une date de vérification")


def test_a_fourth_neighbour_is_refused_in_french(client, editor):
    error = FrequentErrorFactory(published=True, complete=True)
    related = [other.pk for other in FrequentErrorFactory.create_batch(4)]

    response = client.post(f"{LIST_URL}{error.pk}/change/", form_data(client, error, related=related))

    assertContains(response, "Choisissez trois erreurs voisines au plus")


def test_the_address_of_a_public_page_is_fixed(client, editor):
    error = FrequentErrorFactory(published=True)

    assertNotContains(client.get(f"{LIST_URL}{error.pk}/change/"), 'name="slug"')


def test_an_overdue_check_stands_out(client, editor):
    FrequentErrorFactory(checked_on=date(2020, 1, 1))

    assertContains(client.get(LIST_URL), "oups-overdue")


def test_the_list_can_show_checks_due_soon(client, editor):
    soon = FrequentErrorFactory(checked_on=timezone.localdate() - timedelta(days=355))
    FrequentErrorFactory(checked_on=timezone.localdate())
    overdue = FrequentErrorFactory(checked_on=date(2020, 1, 1))

    shown = {
        value: list(client.get(LIST_URL, {"verification": value}).context["cl"].queryset)
        for value in ("bientot", "depassee")
    }

    assert shown == {"bientot": [soon], "depassee": [overdue]}


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_whatever_it_holds(client, editor, count, django_assert_max_num_queries):
    FrequentErrorFactory.create_batch(count)

    with django_assert_max_num_queries(12):
        client.get(LIST_URL)


def test_search_finds_by_the_words_of_the_user(client, editor):
    FrequentErrorFactory(keywords=["nounou"])

    assert client.get(LIST_URL, {"q": "nounou"}).context["cl"].result_count == 1

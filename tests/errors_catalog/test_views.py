"""Public pages of the catalogue."""

import json

import pytest
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains

from errors_catalog.models import FormerAddress
from tests.factories import AdministrationFactory, ContactChannelFactory, FrequentErrorFactory, LifeEventFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("complete", [False, True])
def test_entry_costs_eight_queries_at_most_whatever_it_holds(client, complete, django_assert_max_num_queries):
    error = FrequentErrorFactory(published=True, complete=complete)

    with django_assert_max_num_queries(8):
        assert client.get(error.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("count", [1, 12])
def test_life_event_page_costs_the_same_whatever_it_holds(client, count, django_assert_num_queries):
    event = LifeEventFactory()
    FrequentErrorFactory.create_batch(count, published=True, life_events=[event])

    with django_assert_num_queries(3):
        client.get(f"/evenements-de-vie/{event.slug}/")


@pytest.mark.parametrize("count", [1, 12])
def test_administration_page_costs_the_same_whatever_it_holds(client, count, django_assert_num_queries):
    administration = AdministrationFactory()
    FrequentErrorFactory.create_batch(count, published=True, administration=administration)

    with django_assert_num_queries(4):
        client.get(administration.get_absolute_url())


def test_administration_list_is_one_query(client, django_assert_num_queries):
    AdministrationFactory.create_batch(5)

    with django_assert_num_queries(1):
        client.get("/administrations/")


def test_administration_list_counts_first_and_shared_errors_once(client):
    caf, msa = AdministrationFactory(), AdministrationFactory()
    shared = FrequentErrorFactory(published=True, administration=caf)
    shared.other_administrations.set([caf, msa])
    FrequentErrorFactory(administration=caf)

    administrations = client.get("/administrations/").context["administrations"]

    assert {body: body.error_count for body in administrations} == {caf: 1, msa: 1}


def test_entry_shows_all_its_sections_in_the_order_of_a_worried_person(client):
    error = FrequentErrorFactory(published=True, complete=True)

    page = client.get(error.get_absolute_url()).content.decode()

    headings = [
        "L'essentiel",
        "Que faire maintenant",
        "Ce que vous risquez",
        "Ce que vous devrez rembourser",
        "Les délais à connaître",
        "Pourquoi cette erreur est fréquente",
        "Comment l'éviter",
        "À qui vous adresser",
        "Ce que dit la loi",
        "Sources officielles",
        "Voir aussi",
    ]
    positions = [page.index(f">{heading}") for heading in headings]
    assert positions == sorted(positions)


def test_entry_says_that_it_does_not_bind_the_administration(client):
    error = FrequentErrorFactory(published=True)

    assertContains(client.get(error.get_absolute_url()), "Elle n'engage pas l'administration")


def test_entry_without_deadline_says_so(client):
    error = FrequentErrorFactory(published=True)

    assertContains(client.get(error.get_absolute_url()), "Pas de délai particulier")


@pytest.mark.parametrize(
    ("right", "words"),
    [
        ("yes", "Droit à l'erreur&nbsp;: oui"),
        ("partial", "en partie"),
        ("no", "Droit à l'erreur&nbsp;: non"),
        ("moot", "Aucune sanction en jeu"),
    ],
)
def test_badge_tells_the_four_cases_apart(client, right, words):
    error = FrequentErrorFactory(published=True, right_to_error=right)

    assertContains(client.get(error.get_absolute_url()), words)


def test_structured_data_is_the_page_and_cannot_close_its_element(client):
    error = FrequentErrorFactory(published=True, title="J'ai écrit </script><script>alert(1)</script>")

    page = client.get(error.get_absolute_url()).content.decode()

    source = page.split('<script type="application/ld+json">')[1].split("</script>")[0]
    data = json.loads(source)
    assert data["name"] == error.title
    assert [step["text"] for step in data["step"]] == ["Ouvrez votre compte.", "Corrigez.", "Gardez une preuve."]


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_an_entry_that_is_not_public_is_not_found(client, status):
    error = FrequentErrorFactory(status=status)

    assert client.get(error.get_absolute_url()).status_code == 404


def test_a_former_address_leads_to_its_entry_for_ever(client):
    error = FrequentErrorFactory(published=True)
    FormerAddress.objects.create(slug="ancienne-adresse", error=error)

    response = client.get("/erreurs/ancienne-adresse/")

    assert (response.status_code, response["Location"]) == (301, error.get_absolute_url())


def test_a_former_address_of_a_hidden_entry_is_not_found(client):
    FormerAddress.objects.create(slug="ancienne-adresse", error=FrequentErrorFactory())

    assert client.get("/erreurs/ancienne-adresse/").status_code == 404


def test_a_neighbour_that_is_not_public_is_not_shown(client):
    error = FrequentErrorFactory(published=True)
    error.related.add(FrequentErrorFactory(title="J'attends la relecture"))

    assertNotContains(client.get(error.get_absolute_url()), escape("J'attends la relecture"))


def test_channel_for_errors_comes_first(client):
    administration = AdministrationFactory()
    ContactChannelFactory(administration=administration, position=1, value="Autre")
    ContactChannelFactory(administration=administration, position=2, value="Erreurs", for_errors=True)

    page = client.get(administration.get_absolute_url()).content.decode()

    assert page.index("Erreurs</a>") < page.index("Autre</a>")


def test_life_event_groups_errors_by_administration(client):
    event = LifeEventFactory()
    caf, msa = AdministrationFactory(), AdministrationFactory()
    FrequentErrorFactory(published=True, life_events=[event], administration=msa)
    FrequentErrorFactory.create_batch(2, published=True, life_events=[event], administration=caf)
    FrequentErrorFactory(status="draft", life_events=[event], administration=msa)

    groups = client.get(f"/evenements-de-vie/{event.slug}/").context["groups"]

    assert [(administration, len(errors)) for administration, errors in groups] == [(caf, 2), (msa, 1)]

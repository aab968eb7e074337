"""The list: searched, filtered, counted, as a page, as data, as a feed."""

import json
from xml.etree import ElementTree

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from errors_catalog.models import ReaderMessage, SearchLog
from errors_catalog.search import index
from tests.factories import AdministrationFactory, FrequentErrorFactory, LifeEventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def rents():
    """Two errors about rent and one about something else, indexed."""
    errors = [
        FrequentErrorFactory(published=True, title="J'ai payé mon loyer deux fois", right_to_error="yes"),
        FrequentErrorFactory(
            published=True, title="J'ai oublié une quittance", situation="Le loyer.", right_to_error="no"
        ),
    ]
    FrequentErrorFactory(published=True, title="J'ai perdu ma carte grise", right_to_error="yes")
    index.rebuild()
    return errors


@pytest.mark.parametrize("count", [1, 12])
def test_list_costs_the_same_for_one_error_or_a_full_page(client, count, django_assert_num_queries):
    FrequentErrorFactory.create_batch(count, published=True)

    # life events and administrations of the filters, counts of the choices (six), count, page, its life events
    with django_assert_num_queries(11):
        client.get("/erreurs/")


def test_search_costs_a_fixed_number_of_queries_more(client, rents, django_assert_num_queries):
    # the words, their synonyms, the scores, imposed answers, entries named, words to mark, and three for the log
    with django_assert_num_queries(20):
        client.get("/recherche/", {"q": "loyer"})


def test_filters_combine(client):
    event, caf = LifeEventFactory(slug="demenager"), AdministrationFactory(slug="caf")
    wanted = FrequentErrorFactory(published=True, life_events=[event], administration=caf, right_to_error="yes")
    FrequentErrorFactory(published=True, life_events=[event], administration=caf, right_to_error="no")
    FrequentErrorFactory(published=True, life_events=[event], right_to_error="yes")

    response = client.get("/erreurs/", {"evenement": "demenager", "administration": "caf", "droit": "yes"})

    assert list(response.context["page"]) == [wanted]


def test_an_unknown_filter_is_ignored_and_said(client):
    FrequentErrorFactory(published=True)

    response = client.get("/erreurs/", {"administration": "inconnue"})

    assertContains(response, "nous l'avons ignoré")
    assert response.context["page"].paginator.count == 1


@pytest.mark.parametrize("name", ["public", "evenement", "administration", "droit", "tri"])
def test_a_search_under_an_unknown_filter_still_answers(client, rents, name):
    response = client.get("/erreurs/", {"q": "loyer", name: "inconnu"})

    assert response.context["page"].paginator.count == 2


def test_an_applied_filter_can_be_removed(client):
    FrequentErrorFactory(published=True)

    response = client.get("/erreurs/", {"public": "particulier", "q": "erreur"})

    assertContains(response, 'href="?q=erreur"')


def test_each_choice_of_a_filter_says_how_many_errors_it_would_show(client, rents):
    page = client.get("/erreurs/", {"q": "loyer", "droit": "yes"})

    facets = {facet.name: facet for facet in page.context["filters"].facets}
    assert {choice.value: choice.count for choice in facets["droit"].choices} == {"yes": 1, "no": 1}
    assert [choice.count for choice in facets["public"].choices] == [1]


def test_an_administration_counts_an_error_it_shares_once(client):
    caf, msa = AdministrationFactory(slug="caf"), AdministrationFactory(slug="msa")
    FrequentErrorFactory(published=True, administration=caf).other_administrations.set([caf, msa])

    facets = {facet.name: facet for facet in client.get("/erreurs/").context["filters"].facets}

    assert {choice.value: choice.count for choice in facets["administration"].choices} == {"caf": 1, "msa": 1}


def test_results_outside_the_filters_are_counted(client, rents):
    assertContains(client.get("/erreurs/", {"q": "loyer", "droit": "yes"}), "1 résultat hors de ce filtre")


def test_twenty_errors_a_page(client):
    FrequentErrorFactory.create_batch(21, published=True)

    assert len(client.get("/erreurs/").context["page"]) == 20
    assert len(client.get("/erreurs/", {"page": 2}).context["page"]) == 1


def test_sort_by_title(client):
    FrequentErrorFactory(published=True, title="B")
    FrequentErrorFactory(published=True, title="A")

    page = client.get("/erreurs/", {"tri": "titre"}).context["page"]

    assert [error.title for error in page] == ["A", "B"]


def test_search_page_data_and_feed_show_the_same_in_the_same_order(client, rents):
    parameters = {"q": "loyer"}

    page = [error.title for error in client.get("/recherche/", parameters).context["page"]]
    data = [row["title"] for row in client.get("/erreurs.json", parameters).json()["results"]]
    feed = ElementTree.fromstring(client.get("/erreurs.atom", parameters).content)  # noqa: S314  # our own answer
    titles = [entry.text for entry in feed.iterfind("{*}entry/{*}title")]

    assert page == data == titles == [error.title for error in rents]


@pytest.mark.parametrize(("query", "feed"), [("", "/erreurs.atom"), ("?q=loyer", "/erreurs.atom?q=loyer")])
def test_the_list_names_its_feed_and_the_feed_its_list(client, rents, query, feed):
    assertContains(
        client.get(f"/erreurs/{query}"),
        f'type="application/atom+xml" title="{"Ces" if query else "Toutes les"} erreurs" href="{feed}"',
    )
    assertContains(client.get(feed), f'href="http://testserver/erreurs/{query}" rel="alternate"')


def test_data_counts_the_choices_of_each_filter(client, rents):
    facets = client.get("/erreurs.json", {"q": "loyer"}).json()["facets"]

    assert facets["droit"] == {"yes": 1, "no": 1}


def test_the_words_found_are_marked(client, rents):
    assertContains(client.get("/recherche/", {"q": "loyers"}), "J&#x27;ai payé mon <mark>loyer</mark> deux fois")


def test_what_was_repaired_is_said_and_can_be_refused(client, rents):
    repaired = client.get("/recherche/", {"q": "quitance"})

    assertContains(repaired, "Résultats pour «&nbsp;<strong>quittance</strong>&nbsp;»")
    assertContains(repaired, 'href="?q=quitance&amp;exact=1"')
    assertNotContains(client.get("/recherche/", {"q": "quitance", "exact": "1"}), "J&#x27;ai oublié")


def test_an_answer_that_is_not_sure_says_so(client, rents):
    response = client.get("/recherche/", {"q": "loyer astronaute kangourou brocoli parapluie"})

    assertContains(response, "ne correspond exactement")
    assertContains(response, "J&#x27;ai payé mon")


def test_nothing_found_offers_other_ways(client):
    event = LifeEventFactory()

    response = client.get("/recherche/", {"q": "xyzzy"})

    assertContains(response, "Aucune erreur de la liste ne correspond")
    assertContains(response, f'href="/evenements-de-vie/{event.slug}/"')
    assertContains(response, 'href="/erreur-manquante/?q=xyzzy"')


def test_a_search_is_counted_once_a_day_and_a_wording(client, rents):
    for _ in range(2):
        client.get("/recherche/", {"q": "Loyer"})
    client.get("/recherche/", {"q": "loyer", "page": "2"})

    assert list(SearchLog.objects.values_list("query", "times", "results", "first")) == [("loyer", 3, 2, rents[0].slug)]


@pytest.mark.parametrize("words", ["jean@exemple.fr", "dossier 12 34 56", "mot " * 30])
def test_what_may_name_a_person_is_not_kept(client, words):
    client.get("/recherche/", {"q": words})

    assert SearchLog.objects.get().query == "(masqué)"


def test_a_log_that_cannot_be_written_costs_no_page(client, rents, monkeypatch):
    monkeypatch.setattr("errors_catalog.search.log.COUNT", "INSERT INTO no_such_table VALUES (%s)")

    assert client.get("/recherche/", {"q": "loyer"}).status_code == 200


def test_suggestions_complete_titles_and_keywords(client, rents):
    suggestions = client.get("/recherche/suggestions/", {"q": "loy"}).json()["suggestions"]

    assert suggestions == ["J'ai payé mon loyer deux fois"]


@pytest.mark.parametrize("typed", ["", "l", "%", "\x00", "🙂"])
def test_too_little_suggests_nothing(client, rents, typed):
    assert client.get("/recherche/suggestions/", {"q": typed}).json() == {"suggestions": []}


def test_a_missing_error_is_told_without_an_account(client):
    response = client.post(
        "/erreur-manquante/", {"text": "Mon dossier 123456 est perdu, jean@exemple.fr", "query": "dossier perdu"}
    )

    assert response.headers["Location"] == "/erreur-manquante/recue/"
    message = ReaderMessage.objects.get()
    assert (message.query, message.text) == ("dossier perdu", "Mon dossier (masqué) est perdu, (masqué)")


def test_an_empty_message_is_refused_with_what_to_do(client):
    response = client.post("/erreur-manquante/", {"text": "  "})

    assert response.status_code == 422
    assertContains(response, "Écrivez en quelques mots", status_code=422)


def test_a_message_too_long_is_given_back(client):
    response = client.post("/erreur-manquante/", {"text": "mot " * 400})

    assertContains(response, "raccourcissez-le", status_code=422)
    assertContains(response, "mot mot mot", status_code=422)


def test_a_search_that_is_too_long_costs_no_message(client):
    client.post("/erreur-manquante/", {"text": "Mon dossier est perdu", "query": "dossier " * 40})

    assert ReaderMessage.objects.get().query == ("dossier " * 25).strip()


def test_a_machine_that_fills_every_field_is_thanked_and_ignored(client):
    response = client.post("/erreur-manquante/", {"text": "Achetez", "website": "https://spam.example"})

    assert response.status_code == 302
    assert not ReaderMessage.objects.exists()


def test_a_network_that_sends_too_much_is_asked_to_wait(client):
    for _ in range(10):
        client.post("/erreur-manquante/", {"text": "Encore"})

    response = client.post("/erreur-manquante/", {"text": "Encore"})

    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 3600
    assert ReaderMessage.objects.count() == 10


def test_the_open_data_is_readable_utf_8(client, rents):
    content = client.get("/erreurs.json", {"q": "loyer"}).content

    assert "payé" in content.decode()
    assert json.loads(content)["count"] == 2

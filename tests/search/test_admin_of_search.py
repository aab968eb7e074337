"""What editors teach the search, and what they learn from it."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.asserts import assertContains, assertNotContains

from errors_catalog.models import BestBet, FrequentError, SearchLog, Synonym
from errors_catalog.search import index
from errors_catalog.services import editing
from tests.factories import FrequentErrorFactory, StaffFactory

pytestmark = pytest.mark.django_db

DESK = "/gestion/errors_catalog/"
SYNONYMS = b"term\tkind\tequivalents\nAAH\tsame\thandicap\n"


@pytest.fixture
def editor(client):
    user = StaffFactory(role="relecteur")
    client.force_login(user)
    return user


def asked(query: str, **values: object) -> SearchLog:
    defaults = {"day": date(2026, 11, 1), "results": 0, "confidence": 0.0, "times": 1}
    return SearchLog.objects.create(query=query, **{**defaults, **values})


def test_queries_without_answer_come_first_by_number_of_times(client, editor):
    asked("rare", times=2)
    asked("fréquente", times=5)
    asked("fréquente", day=date(2026, 11, 2), times=4)
    asked("trouvée", results=3, confidence=0.9, times=50)

    rows = client.get(f"{DESK}searchlog/").context["page"].object_list

    assert [(row["query"], row["total"]) for row in rows] == [("fréquente", 9), ("rare", 2)]


def test_unsure_queries_have_their_own_view(client, editor):
    asked("vague", results=3, confidence=0.1)
    asked("trouvée", results=3, confidence=0.9)

    rows = client.get(f"{DESK}searchlog/", {"vue": "peu-sures"}).context["page"].object_list

    assert [row["query"] for row in rows] == ["vague"]


def test_masked_queries_are_not_proposed(client, editor):
    asked("(masqué)", times=90)

    assertNotContains(client.get(f"{DESK}searchlog/", {"vue": "toutes"}), ">(masqué)<")


def test_a_query_becomes_a_synonym_in_one_click(client, editor):
    asked("bagnole")

    assertContains(client.get(f"{DESK}searchlog/"), f'href="{DESK}synonym/add/?term=bagnole"')
    assertContains(client.get(f"{DESK}synonym/add/", {"term": "bagnole"}), 'value="bagnole"')


def test_a_query_that_became_a_synonym_is_settled(client, editor):
    asked("bagnole")

    client.post(f"{DESK}synonym/add/", {"term": "Bagnole", "kind": "toward", "equivalents": "voiture"})

    assert Synonym.objects.get().equivalents == ["voiture"]
    assert SearchLog.objects.get().verdict == "done"


def test_a_query_becomes_a_keyword_of_an_entry(client, editor):
    asked("ma bagnole")
    error = FrequentErrorFactory(keywords=["voiture"])

    client.post(f"{DESK}searchlog/mots-cles/", {"query": "ma bagnole", "error": error.pk})

    error.refresh_from_db()
    assert error.keywords == ["voiture", "ma bagnole"]
    assert error.events.first().by == editor
    assert SearchLog.objects.get().verdict == "done"


def test_a_query_is_proposed_as_a_keyword_of_a_published_entry(client, editor):
    error = FrequentErrorFactory(published=True, keywords=["voiture"])

    client.post(f"{DESK}searchlog/mots-cles/", {"query": "ma bagnole", "error": error.pk})

    assert editing.written(error)["keywords"] == ["voiture", "ma bagnole"]
    assert FrequentError.objects.get().keywords == ["voiture"]


def test_an_entry_that_cannot_be_written_now_says_so(client, editor):
    asked("ma bagnole")
    error = FrequentErrorFactory(complete=True)
    editing.submit(error, by=StaffFactory())

    response = client.post(f"{DESK}searchlog/mots-cles/", {"query": "ma bagnole", "error": error.pk})

    assertContains(response, "reprenez-la")
    assert SearchLog.objects.get().verdict != "done"


def test_a_keyword_that_is_too_long_is_refused(client, editor):
    error = FrequentErrorFactory()

    response = client.post(f"{DESK}searchlog/mots-cles/", {"query": "x" * 81, "error": error.pk})

    assertContains(response, "80 caractères")
    assert FrequentError.objects.get().keywords == error.keywords


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("get", "synonym/apercu/", "term"),
        ("get", "bestbet/apercu/", "wording"),
        ("post", "searchlog/hors-sujet/", "query"),
        ("post", "searchlog/mots-cles/", "query"),
    ],
)
def test_what_no_page_can_hold_is_no_fault(client, editor, method, path, name):
    assert getattr(client, method)(f"{DESK}{path}", {name: "a\0b"}).status_code < 400


def test_a_keyword_needs_its_entry(client, editor):
    response = client.post(f"{DESK}searchlog/mots-cles/", {"query": "ma bagnole"})

    assertContains(response, "obligatoire")


def test_a_query_off_topic_leaves_the_list(client, editor):
    asked("météo")

    client.post(f"{DESK}searchlog/hors-sujet/", {"query": "météo"})

    assert SearchLog.objects.get().verdict == "off_topic"
    assert not client.get(f"{DESK}searchlog/").context["page"].object_list


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "searchlog/mots-cles/"),
        ("post", "searchlog/hors-sujet/"),
        ("get", "synonym/apercu/"),
        ("get", "bestbet/apercu/"),
    ],
)
def test_an_auditor_only_reads(client, method, path):
    client.force_login(StaffFactory(role="auditeur"))

    assert getattr(client, method)(f"{DESK}{path}").status_code == 403
    assert client.get(f"{DESK}searchlog/").status_code == 200


def test_a_synonym_is_tried_before_it_is_saved(client, editor):
    FrequentErrorFactory(published=True, title="Vendre sa voiture")
    index.rebuild()

    page = client.get(f"{DESK}synonym/apercu/", {"term": "bagnole", "kind": "toward", "equivalents": "voiture"})

    comparison = page.context["comparisons"][0]
    assert (comparison.before, comparison.after) == ([], ["Vendre sa voiture"])
    assert not Synonym.objects.exists()


def test_a_preview_of_an_incomplete_form_says_what_is_missing(client, editor):
    assertContains(client.get(f"{DESK}synonym/apercu/", {"term": "bagnole"}), "corrigez-le")


def test_a_preview_of_a_known_synonym_leaves_it_as_it_is(client, editor):
    Synonym.objects.create(term="bagnole", equivalents=["moto"])
    index.rebuild()

    client.get(f"{DESK}synonym/apercu/", {"term": "bagnole", "kind": "toward", "equivalents": "voiture"})

    assert Synonym.objects.get().equivalents == ["moto"]


def test_an_imposed_answer_is_tried_before_it_is_saved(client, editor):
    error = FrequentErrorFactory(published=True, title="Vendre sa voiture")
    index.rebuild()

    page = client.get(f"{DESK}bestbet/apercu/", {"wording": "prime", "error": error.pk, "position": 1})

    assert page.context["comparisons"][0].after == ["Vendre sa voiture"]
    assert not BestBet.objects.exists()


def test_synonyms_go_out_and_come_back_as_tsv(client, editor):
    Synonym.objects.create(term="AAH", equivalents=["allocation adultes", "handicap"], kind="same")
    response = client.post(f"{DESK}synonym/export/", {"format": "0", **exported("term", "kind", "equivalents")})
    Synonym.objects.all().delete()

    imported(client, "synonym", response.content)

    assert list(Synonym.objects.values_list("term", "kind", "equivalents")) == [
        ("AAH", "same", ["allocation adultes", "handicap"])
    ]


def test_imposed_answers_come_in_by_the_address_of_their_entry(client, editor):
    error = FrequentErrorFactory(published=True, slug="voiture-vendue")

    imported(client, "bestbet", b"wording\terror\tposition\nprime\tvoiture-vendue\t1\n")

    assert BestBet.objects.get().error == error


def test_a_bad_line_imports_nothing_and_is_named(client, editor):
    content = b"term\tkind\tequivalents\nAAH\tsame\thandicap\nAPL\tfaux\taide\n"

    page = client.post(f"{DESK}synonym/import/", {"format": "0", "import_file": file_of(content)})

    assertContains(page, "faux")
    assert not Synonym.objects.exists()


def test_a_confirmation_clicked_twice_writes_once(client, editor):
    preview = client.post(f"{DESK}synonym/import/", {"format": "0", "import_file": file_of(SYNONYMS)})

    for _ in range(2):
        response = client.post(f"{DESK}synonym/process_import/", preview.context["confirm_form"].initial)
        assert response.status_code == 302

    assert Synonym.objects.get().term == "AAH"


def test_a_preview_that_was_not_given_here_is_refused(client, editor):
    preview = client.post(f"{DESK}synonym/import/", {"format": "0", "import_file": file_of(SYNONYMS)})
    forged = preview.context["confirm_form"].initial | {"import_file_name": "passwd"}

    response = client.post(f"{DESK}synonym/process_import/", forged, follow=True)

    assertContains(response, "Envoyez de nouveau le fichier")
    assert not Synonym.objects.exists()


def exported(*fields: str) -> dict[str, str]:
    return {f"synonymresource_{field}": "on" for field in fields} | {"resource": "0"}


def file_of(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("lignes.tsv", content, content_type="text/tab-separated-values")


def imported(client, model: str, content: bytes) -> None:
    """Upload, look at the preview, confirm."""
    preview = client.post(f"{DESK}{model}/import/", {"format": "0", "import_file": file_of(content)})
    form = preview.context["confirm_form"]
    client.post(f"{DESK}{model}/process_import/", form.initial)

"""The editors' desk."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from errors_catalog.models import FrequentError
from errors_catalog.services import care, editing
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


def fresh(error):
    return FrequentError.objects.get(pk=error.pk)


def save(client, error: FrequentError, **changes: object):
    return client.post(f"{LIST_URL}{error.pk}/change/", form_data(client, error, **changes))


def test_what_is_written_of_a_draft_is_in_the_draft(client, editor):
    error = FrequentErrorFactory(complete=True)

    response = save(client, error, title="Nouveau titre")

    assert response.status_code == 302
    error.refresh_from_db()
    assert error.title == "Nouveau titre"


def test_what_is_written_of_a_published_entry_is_not_public(client, editor):
    error = FrequentErrorFactory(published=True, complete=True, title="Ancien titre")

    save(client, error, title="Nouveau titre")

    assertContains(client.get(error.get_absolute_url()), "Ancien titre")
    assert editing.written(error)["title"] == "Nouveau titre"


def test_a_proposal_is_written_further_from_where_it_stands(client, editor):
    error = FrequentErrorFactory(published=True, complete=True)
    save(client, error, title="Nouveau titre")

    save(client, error, summary="Nouveau résumé")

    written = editing.written(error)
    assert (written["title"], written["summary"]) == ("Nouveau titre", "Nouveau résumé")


def test_rows_added_to_a_proposal_are_kept_when_it_is_written_again(client, editor):
    error = FrequentErrorFactory(published=True, complete=True)
    added = {
        "deadlines-TOTAL_FORMS": "3", "deadlines-2-position": "3", "deadlines-2-delay": "2",
        "deadlines-2-unit": "month", "deadlines-2-trigger": "Un refus", "deadlines-2-effect": "Contestez",
    }  # fmt: skip
    save(client, error, **added)

    save(client, error, title="Nouveau titre")

    assert [row["trigger"] for row in editing.written(error)["deadlines"]][2] == "Un refus"
    assert error.deadlines.count() == 2


def test_a_row_taken_off_a_proposal_stays_public(client, editor):
    error = FrequentErrorFactory(published=True, complete=True)

    save(client, error, **{"deadlines-0-DELETE": "on"})

    assert len(editing.written(error)["deadlines"]) == 1
    assert error.deadlines.count() == 2


def test_the_note_of_the_editors_needs_nobody(client, editor):
    error = FrequentErrorFactory(published=True, complete=True)

    save(client, error, editor_note="À revoir en janvier.")

    error.refresh_from_db()
    assert error.editor_note == "À revoir en janvier."
    assert editing.open_proposal(error) is None


def test_a_text_is_sent_to_review_as_it_is_saved(client, editor):
    error = FrequentErrorFactory(published=True, complete=True)

    response = save(client, error, title="Nouveau titre", _submit="1")

    assert response.url == f"{LIST_URL}{error.pk}/relecture/"
    assert editing.open_proposal(error).state == "in_review"


@pytest.mark.parametrize("published", [True, False])
def test_a_text_that_somebody_changed_meanwhile_is_not_written_over(client, editor, published):
    error = FrequentErrorFactory(published=published, complete=True)
    colleague = StaffFactory(username="camille")
    save(client, error, title="Un titre")
    opened = form_data(client, error, title="Mon titre")
    now = {**editing.written(fresh(error)), "summary": "Le résumé de Camille."}
    editing.write(error, now, by=colleague)

    response = client.post(f"{LIST_URL}{error.pk}/change/", opened)

    assert response.status_code == 200
    assertContains(response, "camille a changé entre-temps : en bref.")
    assertContains(response, 'name="seen"')
    assertContains(response, "Mon titre")
    assert editing.written(fresh(error)) == now


def test_what_was_typed_is_kept_by_whoever_saves_again_after_reading_that_it_changed(client, editor):
    error = FrequentErrorFactory(published=True, complete=True)
    opened = form_data(client, error, title="Mon titre")
    editing.write(error, {**editing.written(error), "summary": "Le résumé de Camille."}, by=StaffFactory())
    refusal = client.post(f"{LIST_URL}{error.pk}/change/", opened)

    shown = refusal.context["adminform"].form["seen"].value()
    client.post(f"{LIST_URL}{error.pk}/change/", {**opened, "seen": shown})

    assert editing.written(fresh(error))["title"] == "Mon titre"


def test_neighbours_that_are_not_public_stay_when_nothing_is_changed(client, editor):
    error = FrequentErrorFactory(published=True, complete=True)
    archived = error.related.first()
    editing.archive(archived, comment="La taxe est supprimée.", by=editor)

    save(client, error)

    assert editing.open_proposal(error) is None
    assert archived.slug in editing.written(fresh(error))["related"]


def test_a_draft_does_not_take_the_address_that_an_entry_had(client, editor):
    other, draft = FrequentErrorFactory(published=True), FrequentErrorFactory(complete=True)
    former = other.slug
    care.rename(other, "ailleurs", by=editor)

    response = save(client, draft, slug=former)

    assertContains(response, "choisissez-en une autre")
    assert fresh(draft).slug == draft.slug


@pytest.mark.parametrize("published", [True, False])
def test_an_entry_is_locked_before_its_form_reads_it(client, editor, published):
    error = FrequentErrorFactory(published=published, complete=True)
    opened = form_data(client, error, title="Mon titre")

    with CaptureQueriesContext(connection) as queries:
        client.post(f"{LIST_URL}{error.pk}/change/", opened)

    of_entry = [query["sql"] for query in queries if 'FROM "errors_catalog_frequenterror" WHERE' in query["sql"]]
    assert "FOR UPDATE" in of_entry[0]


def test_a_draft_that_cannot_be_published_says_why_and_is_kept(client, editor):
    error = FrequentErrorFactory(complete=True)

    response = client.post(
        f"{LIST_URL}{error.pk}/change/",
        form_data(client, error, title="Nouveau titre", checked_on="", _submit="1"),
        follow=True,
    )

    assertContains(response, "Une erreur publiée porte une date de vérification")
    error.refresh_from_db()
    assert (error.title, error.status) == ("Nouveau titre", "draft")


def test_an_entry_in_review_is_shown_and_not_written(client, editor):
    error = FrequentErrorFactory(complete=True)
    editing.submit(error, by=editor)

    assertNotContains(client.get(f"{LIST_URL}{error.pk}/change/"), 'name="title"')
    assert client.post(f"{LIST_URL}{error.pk}/change/", {"title": "x"}).status_code == 403


def test_a_wrong_form_of_a_published_entry_changes_nothing(client, editor):
    error = FrequentErrorFactory(published=True, complete=True)

    response = save(client, error, title="")

    assertContains(response, "Ce champ est obligatoire")
    assert editing.open_proposal(error) is None


def test_what_was_public_is_not_deleted(client, editor):
    administrator = StaffFactory(role="administrateur")
    client.force_login(administrator)
    error = FrequentErrorFactory(published=True)

    assert client.get(f"{LIST_URL}{error.pk}/delete/").status_code == 403
    assert client.get(f"{LIST_URL}{FrequentErrorFactory().pk}/delete/").status_code == 200


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
    soon = FrequentErrorFactory(published=True, checked_on=timezone.localdate() - timedelta(days=355))
    FrequentErrorFactory(published=True, checked_on=timezone.localdate())
    overdue = FrequentErrorFactory(published=True, checked_on=date(2020, 1, 1))

    shown = {
        value: list(client.get(LIST_URL, {"travail": value}).context["cl"].queryset)
        for value in ("bientot", "depassees")
    }

    assert shown == {"bientot": [soon], "depassees": [overdue]}


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_whatever_it_holds(client, editor, count, django_assert_max_num_queries):
    FrequentErrorFactory.create_batch(count)

    with django_assert_max_num_queries(12):
        client.get(LIST_URL)


def test_search_finds_by_the_words_of_the_user(client, editor):
    FrequentErrorFactory(keywords=["nounou"])

    assert client.get(LIST_URL, {"q": "nounou"}).context["cl"].result_count == 1


def test_the_writing_help_says_what_it_finds_in_a_text_that_is_not_saved(client, editor):
    error = FrequentErrorFactory(published=True, complete=True)
    typed = form_data(client, error, sanction="Le cas échéant, une amende.")

    answer = client.post(f"{LIST_URL}{error.pk}/conseils/", typed).json()

    assert {"field": "sanction", "message": "mot à éviter : « le cas échéant »"} in answer["findings"]
    error.refresh_from_db()
    assert error.sanction == "Vous ne risquez rien."


@pytest.mark.parametrize("typed", [{}, {"title": "x\0"}, {"sanction": "9" * 100_000, "keywords": ",,\x7f"}])
def test_the_writing_help_bears_anything(client, editor, typed):
    error = FrequentErrorFactory()

    assert client.post(f"{LIST_URL}{error.pk}/conseils/", typed).status_code == 200


@pytest.mark.parametrize("page", ["frequenterror/{}/change/", "frequenterror/{}/history/", "readermessage/{}/change/"])
@pytest.mark.parametrize("key", ["9" * 5_000, "٣", "x"], ids=["long", "other digits", "letter"])
def test_an_address_that_names_no_row_has_a_page(client, editor, page, key):
    address = f"/gestion/errors_catalog/{page.format(key)}"

    assert {client.get(address).status_code, client.post(address, {}).status_code} <= {302, 404}

"""When the law or an administration changes, the published entries that lean on it are to be read again."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from errors_catalog.models import Deadline, RereadingRequest
from tests.factories import (
    AdministrationFactory,
    ContactChannelFactory,
    FrequentErrorFactory,
    LegalReferenceFactory,
    LifeEventFactory,
    StaffFactory,
)

pytestmark = pytest.mark.django_db

LAW = "/gestion/errors_catalog/legalreference/"
ADMINISTRATION = "/gestion/errors_catalog/administration/"


@pytest.fixture
def editor(client):
    client.force_login(StaffFactory(role="relecteur"))
    return client


def requests():
    return {(request.error.title, request.cause) for request in RereadingRequest.objects.select_related("error")}


def save_law(client, law, **changes):
    values = {
        "slug": law.slug, "code": law.code, "article": law.article, "summary": law.summary, "url": law.url,
        "checked_on": law.checked_on,
    }  # fmt: skip
    return client.post(f"{LAW}{law.pk}/change/", {**values, **changes}, follow=True)


def save_administration(client, administration, channels=(), **changes):
    """`channels` are the rows of the form, each with what it changes."""
    values = {
        "slug": administration.slug, "name": administration.name, "short_name": administration.short_name,
        "handles": administration.handles, "url": administration.url, "former_names": "",
        "checked_on": administration.checked_on,
        "channels-TOTAL_FORMS": len(channels), "channels-INITIAL_FORMS": sum(1 for row, _ in channels if row.pk),
    }  # fmt: skip
    for number, (row, said) in enumerate(channels):
        shown = {
            "id": row.pk or "", "administration": administration.pk, "kind": row.kind, "position": row.position,
            "label": row.label, "value": row.value, "url": row.url, "opening_hours": row.opening_hours,
            "price": row.price,
        }  # fmt: skip
        values |= {f"channels-{number}-{name}": value for name, value in {**shown, **said}.items()}
    return client.post(f"{ADMINISTRATION}{administration.pk}/change/", {**values, **changes}, follow=True)


def test_an_article_that_says_something_else_asks_for_the_entries_that_cite_it(editor):
    law = LegalReferenceFactory(code="Code civil", article="12")
    FrequentErrorFactory(published=True, title="Je la cite").legal_references.add(law)
    by_deadline = FrequentErrorFactory(published=True, title="Mon délai la cite")
    Deadline.objects.create(
        error=by_deadline, trigger="Vous recevez", delay=2, unit="month", effect="Répondez", legal_reference=law
    )
    FrequentErrorFactory(title="Un brouillon").legal_references.add(law)
    FrequentErrorFactory(published=True, title="Une autre")

    page = save_law(editor, law, summary="Autre chose.")

    cause = "Code civil, article 12 : ce que dit le texte"
    assert requests() == {("Je la cite", cause), ("Mon délai la cite", cause)}
    assert "2 erreurs publiées s&#x27;appuient dessus" in page.content.decode()


def test_a_change_that_makes_nothing_false_asks_for_nothing(editor):
    law = LegalReferenceFactory()
    FrequentErrorFactory(published=True).legal_references.add(law)

    page = save_law(editor, law, checked_on="2026-12-01")

    assert (requests(), "s&#x27;appuie" in page.content.decode().split("</ul>")[0]) == (set(), False)


def test_the_same_change_made_twice_asks_once(editor):
    law = LegalReferenceFactory()
    FrequentErrorFactory(published=True).legal_references.add(law)
    save_law(editor, law, url="https://www.legifrance.gouv.fr/a")

    page = save_law(editor, law, url="https://www.legifrance.gouv.fr/b")

    assert len(requests()) == 1
    assert "publiée s&#x27;appuie dessus" not in page.content.decode()


def test_an_administration_with_another_name_asks_for_its_entries_and_those_it_is_second_on(editor):
    administration = AdministrationFactory(short_name="Caf")
    FrequentErrorFactory(published=True, title="La sienne", administration=administration)
    FrequentErrorFactory(published=True, title="Seconde").other_administrations.add(administration)

    save_administration(editor, administration, short_name="Cnaf")

    assert requests() == {("La sienne", "Cnaf : nom usuel"), ("Seconde", "Cnaf : nom usuel")}


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ({"value": "32 30"}, True),
        ({"url": "https://www.caf.fr/ecrire"}, True),
        ({"DELETE": "on"}, True),
        ({"opening_hours": "de 9 h à 16 h"}, False),
        ({}, False),
    ],
)
def test_a_channel_that_changes_or_goes_is_a_change_of_its_administration(editor, said, asked):
    administration = AdministrationFactory(short_name="Caf")
    channel = ContactChannelFactory(administration=administration, label="Signaler une erreur")
    FrequentErrorFactory(published=True, title="La sienne", administration=administration)

    page = save_administration(editor, administration, [(channel, said)])

    assert page.status_code == 200
    assert requests() == ({("La sienne", "Caf : par téléphone : Signaler une erreur")} if asked else set())


def test_one_more_channel_makes_nothing_false(editor):
    administration = AdministrationFactory()
    FrequentErrorFactory(published=True, administration=administration)

    save_administration(editor, administration, [(ContactChannelFactory.build(administration=None, pk=None), {})])

    assert (administration.channels.count(), requests()) == (1, set())


@pytest.mark.parametrize("role", ["relecteur", "auditeur"])
def test_the_page_of_a_reference_links_to_the_entries_that_lean_on_it(client, role):
    client.force_login(StaffFactory(role=role))
    law = LegalReferenceFactory()
    error = FrequentErrorFactory(title="Je la cite")
    error.legal_references.add(law)
    pages = {
        "law": client.get(f"{LAW}{law.pk}/change/").content.decode(),
        "administration": client.get(f"{ADMINISTRATION}{error.administration.pk}/change/").content.decode(),
    }

    link = f'<a href="/gestion/errors_catalog/frequenterror/{error.pk}/change/">Je la cite</a>'
    assert {name: link in page for name, page in pages.items()} == {"law": True, "administration": True}


def test_a_new_reference_has_no_entry_yet(editor):
    assert editor.get(f"{LAW}add/").status_code == 200


@pytest.mark.parametrize("role", ["relecteur", "administrateur"])
def test_what_an_entry_leans_on_is_not_deleted(client, role):
    law, other = LegalReferenceFactory(), AdministrationFactory()
    entry = FrequentErrorFactory(published=True)
    entry.legal_references.add(law)
    entry.other_administrations.add(other)
    client.force_login(StaffFactory(role=role))

    for path, row in ((LAW, law), (ADMINISTRATION, other)):
        assert client.post(f"{path}{row.pk}/delete/", {"post": "yes"}).status_code == 403
        chosen = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
        client.post(path, chosen)
        assert type(row).objects.filter(pk=row.pk).exists()


def test_what_no_entry_leans_on_is_deleted(editor):
    law = LegalReferenceFactory()

    editor.post(f"{LAW}{law.pk}/delete/", {"post": "yes"})

    assert not type(law).objects.exists()


@pytest.mark.parametrize(
    ("path", "factory"),
    [
        (LAW, LegalReferenceFactory),
        (ADMINISTRATION, AdministrationFactory),
        ("/gestion/life_events/lifeevent/", LifeEventFactory),
    ],
)
def test_the_address_of_a_public_page_is_chosen_once(editor, path, factory):
    assertContains(editor.get(f"{path}add/"), 'name="slug"')
    assertNotContains(editor.get(f"{path}{factory().pk}/change/"), 'name="slug"')

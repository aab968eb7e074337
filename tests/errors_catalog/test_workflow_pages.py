"""The pages around the form of an entry: review, care, history, preview."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from errors_catalog import preview
from errors_catalog.content import content_of
from errors_catalog.models import FormerAddress, FrequentError, RereadingRequest
from errors_catalog.services import care, editing, references
from tests.factories import FrequentErrorFactory, StaffFactory

pytestmark = pytest.mark.django_db

LIST_URL = "/gestion/errors_catalog/frequenterror/"


@pytest.fixture
def writer():
    return StaffFactory(role="rédacteur")


@pytest.fixture
def reviewer(client):
    user = StaffFactory(role="relecteur")
    client.force_login(user)
    return user


@pytest.fixture
def published():
    return FrequentErrorFactory(
        published=True, complete=True, title="Ce que le public lit", summary="Appelez la caisse."
    )


def page(error, name):
    return f"{LIST_URL}{error.pk}/{name}/"


def propose(error, by, **values):
    editing.write(error, {**content_of(error), **values}, by=by)


def seen_in(response):
    """What a page of review says of the text it shows, for its decision to send back."""
    found = re.search(r'name="seen" value="(\w+)"', response.text)
    return found[1] if found else ""


def publish_again(error, writer, reviewer):
    editing.reopen(error, by=writer)
    editing.submit(error, by=writer)
    editing.approve(error, seen=editing.version(fresh(error)), by=reviewer)


def decide(client, error, action, **values):
    """What a reviewer does of the text that the page shows now."""
    shown = client.get(page(error, "relecture"))
    return client.post(page(error, "relecture"), {"action": action, "seen": seen_in(shown), **values}, follow=True)


def fresh(error):
    return FrequentError.objects.get(pk=error.pk)


def test_the_review_shows_words_added_and_removed(client, reviewer, writer, published):
    propose(published, writer, summary="Appelez votre caisse.")

    response = client.get(page(published, "relecture"))

    pieces = response.context["differences"][0].pieces
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", "Appelez "), ("removed", "la "), ("added", "votre "), ("same", "caisse."),
    ]  # fmt: skip
    assertContains(response, "<ins>")


def test_a_reviewer_publishes(client, reviewer, writer, published):
    propose(published, writer, title="Un nouveau titre")
    editing.submit(published, by=writer)

    decide(client, published, "publier", at="")

    assertContains(client.get(published.get_absolute_url()), "Un nouveau titre")


def test_a_text_that_changed_since_the_page_was_opened_is_not_published(client, reviewer, writer, published):
    propose(published, writer, title="Ce qui a été lu")
    editing.submit(published, by=writer)
    opened = seen_in(client.get(page(published, "relecture")))
    editing.take_back(published, by=writer)
    propose(published, writer, title="Ce que personne n'a lu")
    editing.submit(published, by=writer)

    response = client.post(page(published, "relecture"), {"action": "publier", "seen": opened})

    assertContains(response, "relisez-le", status_code=422)
    assert fresh(published).title == "Ce que le public lit"
    client.post(page(published, "relecture"), {"action": "publier", "seen": seen_in(response)})
    assert fresh(published).title == "Ce que personne n'a lu"  # the refusal showed it


def test_a_reviewer_publishes_later(client, reviewer, writer, published):
    propose(published, writer, title="Un nouveau titre")
    editing.submit(published, by=writer)
    tomorrow = timezone.localtime() + timedelta(days=1)

    decide(client, published, "publier", at=f"{tomorrow:%Y-%m-%dT%H:%M}")

    assert editing.open_proposal(published).state == "scheduled"


@pytest.mark.parametrize("at", ["2020-01-01T00:00", "demain", "9" * 400])
def test_a_date_that_cannot_be_says_what_to_do(client, reviewer, writer, published, at):
    propose(published, writer, title="Un nouveau titre")
    editing.submit(published, by=writer)

    response = decide(client, published, "publier", at=at)

    assert response.status_code == 422
    assert editing.open_proposal(published).state == "in_review"


def test_a_reviewer_sends_back_with_a_comment(client, reviewer, writer, published):
    propose(published, writer, title="Un nouveau titre")
    editing.submit(published, by=writer)

    decide(client, published, "renvoyer", comment="Trop vague.")

    assertContains(client.get(page(published, "change")), "Trop vague.")


def test_a_writer_may_not_decide(client, writer, published):
    client.force_login(writer)
    propose(published, StaffFactory(), title="Un nouveau titre")
    editing.submit(published, by=StaffFactory())

    response = decide(client, published, "publier")

    assertContains(response, "pas pour vous")
    assert fresh(published).title == "Ce que le public lit"


def test_whoever_wrote_is_told_that_another_person_reads(client, reviewer, published):
    propose(published, reviewer, title="Un nouveau titre")
    editing.submit(published, by=reviewer)

    response = decide(client, published, "publier")

    assertContains(response, "la relecture est faite par une autre personne", status_code=422)


def test_what_is_no_longer_possible_says_so(client, reviewer, published):
    response = decide(client, published, "publier")

    assertContains(response, "plus possible")


def test_a_check_says_what_was_read_and_settles_what_had_to_be(client, reviewer, published):
    care.ask_to_reread([published], cause="L'article L114-17 a changé.")

    client.post(page(published, "entretien"), {"action": "verifier", "checked": ["sources", "law"]})

    assert fresh(published).checked_on == timezone.localdate()
    assert {source.checked_on for source in published.sources.all()} == {timezone.localdate()}
    assert published.events.first().comment == "les sources officielles, les références juridiques"
    assert not RereadingRequest.objects.filter(settled_at=None).exists()


@pytest.mark.parametrize(("checked", "left"), [("sources", 2), ("law", 1), ("contacts", 1)])
def test_a_check_settles_what_was_to_be_read_again_of_what_it_read(client, reviewer, published, checked, left):
    references.ask_to_reread(published.legal_references.get(), ["ce que dit le texte"])
    references.ask_to_reread(published.administration, ["nom"])

    client.post(page(published, "entretien"), {"action": "verifier", "checked": [checked]})

    assert published.rereading_requests.filter(settled_at=None).count() == left


def test_a_check_of_nothing_is_refused(client, reviewer, published):
    response = client.post(page(published, "entretien"), {"action": "verifier"})

    assertContains(response, "Cochez ce que vous avez vérifié", status_code=422)


def test_a_former_address_leads_to_the_new_one(client, reviewer, published):
    former = published.get_absolute_url()

    client.post(page(published, "entretien"), {"action": "renommer", "slug": "nouvelle-adresse"})

    assertRedirects(client.get(former), "/erreurs/nouvelle-adresse/", 301)


@pytest.mark.parametrize("slug", ["Nouvelle-Adresse", "nouvelle_adresse", "nouvelle adresse", "é"])
def test_an_address_has_only_small_letters_digits_and_dashes(client, reviewer, published, slug):
    response = client.post(page(published, "entretien"), {"action": "renommer", "slug": slug})

    assertContains(response, "Des minuscules sans accent", status_code=422)
    assert fresh(published).slug == published.slug


def test_an_entry_may_come_back_to_its_former_address(reviewer, published):
    former = published.slug
    care.rename(published, "nouvelle-adresse", by=reviewer)

    care.rename(fresh(published), former, by=reviewer)

    assert fresh(published).slug == former


def test_an_address_that_another_entry_had_is_refused(client, reviewer, published):
    other = FrequentErrorFactory(published=True)
    former = other.slug
    care.rename(other, "ailleurs", by=reviewer)

    response = client.post(page(published, "entretien"), {"action": "renommer", "slug": former})

    assertContains(response, "choisissez-en une autre", status_code=422)


def test_a_merged_entry_leads_to_the_one_that_stays(client, reviewer, published):
    neighbour = FrequentErrorFactory(published=True)
    neighbour.related.add(published)
    stays = FrequentErrorFactory(published=True, complete=True)

    client.post(page(published, "entretien"), {"action": "fusionner", "into": stays.pk})

    assertRedirects(client.get(published.get_absolute_url()), stays.get_absolute_url(), 301)
    assert list(neighbour.related.all()) == [stays]


def test_an_entry_merged_then_published_again_may_be_merged_or_renamed(reviewer, writer, published):
    other = FrequentErrorFactory(published=True, complete=True)
    first = published.slug
    care.merge(published, into=other, by=reviewer)
    publish_again(published, writer, reviewer)
    care.merge(fresh(published), into=other, by=reviewer)
    publish_again(published, writer, reviewer)

    care.rename(fresh(published), "nouvelle-adresse", by=reviewer)

    assert FormerAddress.objects.get(slug=first).error == published


def test_entries_are_not_merged_each_into_the_other(reviewer, published):
    other = FrequentErrorFactory(published=True)
    opened = fresh(published)  # read before the other was merged into it
    care.merge(published, into=other, by=reviewer)

    with pytest.raises(ValidationError, match="publiée"):
        care.merge(other, into=opened, by=reviewer)

    assert fresh(other).status == "published"


def test_an_archived_entry_says_so_and_leads_elsewhere(client, reviewer, published):
    client.post(page(published, "entretien"), {"action": "archiver", "comment": "La taxe est supprimée."})

    response = client.get(published.get_absolute_url())

    assertContains(response, "Toutes les erreurs", status_code=410)
    assertNotContains(response, "Ce que le public lit", status_code=410)


def test_an_archived_entry_says_so_at_its_former_addresses_too(client, reviewer, published):
    former = published.get_absolute_url()
    care.rename(published, "nouvelle-adresse", by=reviewer)
    editing.archive(published, comment="La taxe est supprimée.", by=reviewer)

    assert client.get(former).status_code == 410


def test_an_entry_that_was_public_says_so_while_it_is_written_again(client, reviewer, published):
    editing.archive(published, comment="La taxe est supprimée.", by=reviewer)
    editing.reopen(published, by=reviewer)

    assert client.get(published.get_absolute_url()).status_code == 410


def test_an_entry_leaves_after_the_day_that_was_said(client, reviewer, published):
    client.post(page(published, "entretien"), {"action": "expirer", "expires_on": "2030-01-31"})

    assert fresh(published).expires_on.isoformat() == "2030-01-31"


def test_a_last_day_that_is_past_is_refused(client, reviewer, published):
    response = client.post(page(published, "entretien"), {"action": "expirer", "expires_on": "2020-01-31"})

    assertContains(response, "est passé", status_code=422)
    assert fresh(published).expires_on is None


def test_the_history_says_who_when_and_why(client, reviewer, writer, published):
    propose(published, writer, title="Un nouveau titre")
    editing.submit(published, by=writer)
    editing.send_back(published, seen=editing.version(published), comment="Trop vague.", by=reviewer)

    response = client.get(page(published, "history"))

    for words in ("Proposition enregistrée", str(writer), "Trop vague."):
        assertContains(response, words)


def test_a_past_version_is_compared_and_written_again(client, reviewer, published):
    propose(published, reviewer, title="Un nouveau titre")
    first = published.events.get(action="proposed")
    propose(published, reviewer, title="Un autre titre")
    address = f"{LIST_URL}{published.pk}/versions/{first.pk}/"

    assertContains(client.get(address), "<ins>")
    client.post(address)

    assert editing.written(published)["title"] == "Un nouveau titre"


def test_a_version_of_another_entry_is_not_found(client, reviewer, writer, published):
    propose(published, writer, title="Un nouveau titre")
    other = FrequentErrorFactory()

    assert client.get(f"{LIST_URL}{other.pk}/versions/{published.events.first().pk}/").status_code == 404


@pytest.mark.parametrize("name", ["relecture", "entretien", "history"])
def test_the_pages_are_for_those_who_may_see_the_entry(client, published, name):
    client.force_login(StaffFactory())

    assert client.get(page(published, name)).status_code == 403


def test_a_proposal_is_previewed_without_an_account_as_it_would_be(client, writer, published):
    propose(published, writer, title="Un nouveau titre")
    address = preview.address_of(editing.open_proposal(published)).removeprefix("https://oups.example")

    response = client.get(address)

    assertContains(response, "<h1>Un nouveau titre</h1>")
    assertContains(response, "noindex")
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    assertContains(client.get(published.get_absolute_url()), "<h1>Ce que le public lit</h1>")


def test_a_mended_draft_is_previewed_as_it_is_now(client, reviewer, writer):
    draft = FrequentErrorFactory(complete=True, title="Un brouillon")
    editing.submit(draft, by=writer)
    editing.take_back(draft, by=writer)
    propose(fresh(draft), writer, title="Un brouillon repris")

    address = client.get(page(draft, "relecture")).context["preview_url"]

    assertContains(client.get(address.removeprefix("https://oups.example")), "<h1>Un brouillon repris</h1>")


def test_a_proposal_is_previewed_on_what_is_public_now(client, writer, published):
    propose(published, writer, title="Un nouveau titre")
    FrequentError.objects.filter(pk=published.pk).update(summary="Corrigé à la main.")
    address = preview.address_of(editing.open_proposal(published)).removeprefix("https://oups.example")

    assertContains(client.get(address), "Corrigé à la main.")


def test_a_draft_is_previewed(client):
    draft = FrequentErrorFactory(complete=True, title="Un brouillon")

    assertContains(client.get(preview.address_of(draft).removeprefix("https://oups.example")), "Un brouillon")


def test_a_preview_ends(client, published, monkeypatch):
    address = preview.address_of(published).removeprefix("https://oups.example")
    monkeypatch.setattr(preview, "LIFETIME", timedelta(seconds=-1))

    assertContains(client.get(address), "n'est plus disponible", status_code=404)


@pytest.mark.parametrize(
    "token", ["x", "é", "a:b:c", signing.dumps(["proposal", 1, 1], salt="ailleurs"), "%00"], ids=range(5)
)
def test_an_address_that_was_never_given_shows_nothing(client, token):
    assertContains(client.get(f"/apercu/{token}/"), "n'est plus disponible", status_code=404)

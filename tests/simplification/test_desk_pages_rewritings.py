"""The pages of rewritings in the admin."""

import html
import re

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from simplification import desk
from simplification.models import Rewriting, Submission
from tests.factories import AdministrationFactory
from tests.simplification.situations import REWRITINGS, controlled, member, rewriting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_antivirus")]


def typed(submission: Submission | None = None, **values: object) -> dict[str, object]:
    return {
        "action": "enregistrer", "title": "Payer", "administration": AdministrationFactory().pk, "before": "Avant",
        "submission": submission.pk if submission else "", "after": "Après", "changes": "- Rien", **values,
    }  # fmt: skip


def test_a_rewriting_begins_from_its_document(client, person):
    administration = AdministrationFactory()
    submission = controlled(administration=administration)

    response = client.get(f"{REWRITINGS}add/", {"document": submission.pk})

    assertContains(response, submission.number)
    assertContains(response, f'<option value="{administration.pk}" selected>')


def test_both_texts_are_measured_side_by_side(client, person):
    client.post(f"{REWRITINGS}add/", typed(before="Nonobstant cela, payez.", after="Payez."))

    response = client.get(f"{REWRITINGS}{Rewriting.objects.get().pk}/change/")

    assertContains(response, "<dt>Lecture</dt>", count=2)
    assertContains(response, "Nonobstant</mark>")


def test_a_rewriting_is_written_proposed_then_published_by_another(client, person):
    client.post(f"{REWRITINGS}add/", typed(controlled()))
    text = Rewriting.objects.get()
    page = f"{REWRITINGS}{text.pk}/change/"
    assertContains(
        client.post(page, {"action": "proposer", "seen": desk.version(text)}, follow=True), "attend maintenant"
    )
    assertNotContains(client.get(page), "Publier dans la galerie")
    client.force_login(member())
    seen = re.search(r'name="seen" value="(\w+)">\s*<p>Vérifiez', client.get(page).content.decode())[1]

    assertContains(client.post(page, {"action": "publier", "seen": seen}, follow=True), "est publiée dans la galerie")

    assert Rewriting.objects.public().get().approved_by != person


def test_a_published_rewriting_is_withdrawn(client, person):
    text = rewriting()
    desk.save_rewriting(text, by=member())
    desk.propose(text, seen=desk.version(text), by=member())
    desk.approve(text, seen=desk.version(text), by=person)

    client.post(f"{REWRITINGS}{text.pk}/change/", {"action": "retirer"})

    assert not Rewriting.objects.public().exists()


def test_what_was_changed_meanwhile_is_said_and_not_lost(client, person):
    text = rewriting()
    desk.save_rewriting(text, by=member())
    old = desk.version(text)
    text.after = "Payez vite."
    desk.save_rewriting(text, seen=old, by=member())

    response = client.post(f"{REWRITINGS}{text.pk}/change/", typed(seen=old, after="Payez tôt."))

    assertContains(response, html.escape("Quelqu'un a modifié cette réécriture"))
    text.refresh_from_db()
    assert text.after == "Payez vite."


def test_a_rewriting_that_holds_a_number_is_pointed_out(client, person):
    desk.save_rewriting(text := rewriting(before="Votre dossier 1234567"), by=member())

    assertContains(client.get(f"{REWRITINGS}{text.pk}/change/"), "Vérifiez qu'il ne désigne personne")

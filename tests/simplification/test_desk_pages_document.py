"""The page of a document in the admin, and what is done there."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from simplification import desk, services
from simplification.admin import reading
from simplification.models import AnswerTemplate, DocumentAccess, Submission, Transmission
from tests.factories import AdministrationFactory, StaffFactory
from tests.simplification.letters import LETTER, photo
from tests.simplification.situations import QUEUE, checked, controlled, member, page_of, received, rewriting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_antivirus")]


def test_what_the_sender_wrote_is_shown_and_escaped(client, person):
    submission = checked("<b>Nonobstant</b> ce texte.", comment="<script>alert(1)</script>", difficulties=["tone"])

    response = client.get(page_of(submission))

    assertContains(response, "&lt;script&gt;alert(1)&lt;/script&gt;")
    assertContains(response, "&lt;b&gt;")
    assertNotContains(response, "<b>")
    assertContains(response, "le ton")


def test_a_draft_has_no_page(client, person):
    assert client.get(page_of(services.start())).status_code == 404


def test_what_is_hard_to_read_is_highlighted_with_an_advice_for_every_eye(client, person):
    response = client.get(page_of(checked()))

    assertContains(response, 'title="Dites plutôt « malgré »."')
    assertContains(
        response, '<span class="visually-hidden">[jargon. Dites plutôt « malgré ».] </span>Nonobstant</mark>'
    )


def test_a_highlight_inside_another_keeps_the_text_whole():
    long = "Nonobstant ce courrier, " + "vous devez payer la somme que vous avez reçue, " * 5 + "avant demain. Fin."

    pieces = reading.read(long).pieces

    assert "".join(piece.text for piece in pieces) == long
    depths = [0]
    for piece in pieces:
        depths.append(depths[-1] + bool(piece.opens) - piece.closes)
    assert (max(depths), min(depths), depths[-1]) == (2, 0, 0)


def test_opening_the_page_is_written_once_a_file(client, person):
    submission = controlled(files=((photo(), "photo.jpg"),))

    client.get(page_of(submission))
    client.get(page_of(submission))

    assert sorted(DocumentAccess.objects.values_list("document__position", "by", "action")) == [
        (1, person.pk, "view"), (2, person.pk, "view"),
    ]  # fmt: skip


def test_a_file_that_waits_is_not_shown_and_nothing_is_written(client, person):
    response = client.get(page_of(received()))

    assertContains(response, "Personne ne peut ouvrir ce fichier avant")
    assertNotContains(response, "<img")
    assertNotContains(response, "Télécharger l'original")
    assert not DocumentAccess.objects.exists()


def test_active_content_is_told_in_words_and_its_original_is_not_offered(client, person):
    submission = controlled()
    submission.documents.update(findings=["macro", "script"])

    response = client.get(page_of(submission))

    assertContains(response, "contient des macros, contient un script")
    assertNotContains(response, "Télécharger l'original")


def test_the_others_who_sent_the_same_letter_are_one_click_away(client, person):
    first, second = checked(), checked(f"{LETTER}\nPour B")
    first.refresh_from_db()

    response = client.get(page_of(first))

    assertContains(response, "2 personnes ont signalé ce courrier")
    assertContains(response, page_of(second))


def posted(client, submission: Submission, action: str, **values: object):
    return client.post(page_of(submission), {"action": action, **values}, follow=True)


def test_one_click_takes_a_document(client, person):
    submission = controlled()

    assertContains(posted(client, submission, "prendre"), "Vous suivez ce document.")

    submission.refresh_from_db()
    assert submission.assignee == person


def test_a_document_is_given_to_a_member_of_the_team_only(client, person):
    submission = controlled()

    posted(client, submission, "attribuer", assignee=StaffFactory(role="auditeur").pk)

    submission.refresh_from_db()
    assert submission.assignee is None


def test_a_refused_form_says_why_and_keeps_what_was_typed(client, person):
    submission = controlled()

    response = posted(client, submission, "etat", state="closed", line="Nous classons.")

    assertContains(response, "Dites pourquoi ce document est classé")
    assertContains(response, "Nous classons.")
    submission.refresh_from_db()
    assert submission.state == "checked"


def test_an_answer_starts_from_a_template(client, person):
    submission = controlled()
    template = AnswerTemplate.objects.create(name="Bonjour", text="Bonjour, voici {numero}.")

    assertContains(client.get(page_of(submission), {"modele": template.pk}), f"Bonjour, voici {submission.number}.")


def test_an_answer_is_sent(client, person):
    submission = controlled()

    posted(client, submission, "repondre", text="Vous avez deux mois.")

    submission.refresh_from_db()
    assert submission.answer == "Vous avez deux mois."


def test_a_letter_leaves_for_an_administration(client, person):
    submission = controlled()
    desk.save_rewriting(text := rewriting(submission), by=member())
    desk.propose(text, seen=desk.version(text), by=member())

    posted(client, submission, "transmettre", to="contact@caf.example", rewriting=text.pk)

    assert "Payez." in submission.transmissions.get().text


def test_a_letter_starts_with_the_last_address_that_this_administration_took(client, person):
    caf, other = AdministrationFactory(), AdministrationFactory()
    for to, about, end in (
        ("ancien@caf.example", caf, {"sent_at": timezone.now()}),
        ("contact@caf.example", caf, {"sent_at": timezone.now()}),
        ("faux@caf.example", caf, {"refused_at": timezone.now()}),
        ("contact@cpam.example", other, {"sent_at": timezone.now()}),
    ):
        Transmission.objects.create(submission=controlled(f"{to} {LETTER}", administration=about), to=to, **end)
    submission = controlled(administration=caf)

    assert client.get(page_of(submission)).context["forms"]["transmettre"].initial == {"to": "contact@caf.example"}
    assert client.get(page_of(controlled("Autre"))).context["forms"]["transmettre"].initial == {"to": ""}


def test_the_address_of_the_administration_is_controlled(client, person):
    submission = controlled()

    response = posted(client, submission, "transmettre", to="contact caf")

    assertContains(response, "Saisissez une adresse de la forme nom@domaine.fr.")
    assert not submission.transmissions.exists()


def test_notes_are_kept(client, person):
    submission = controlled()

    assertContains(posted(client, submission, "notes", notes="À relire lundi"), "À relire lundi")


def test_an_unknown_action_is_refused(client, person):
    assert client.post(page_of(controlled()), {"action": "effacer"}).status_code == 403


@pytest.mark.parametrize("path", ["add/", "1/delete/"])
def test_nobody_adds_nor_deletes_a_document_by_hand(client, path):
    client.force_login(get_user_model().objects.create_superuser("chef"))

    assert client.get(f"{QUEUE}{path}").status_code in (302, 403)


def test_nothing_of_a_document_is_kept_by_the_browser(client, person):
    assert "no-store" in client.get(page_of(controlled()))["Cache-Control"]


def test_a_person_who_agreed_is_asked_to_read_from_the_page(client, person):
    submission = checked(email="a@exemple.fr", agrees_to_test=True)
    assertContains(client.get(page_of(submission)), "Cette personne accepte de relire.")
    text = rewriting(submission)
    desk.save_rewriting(text, by=member())
    desk.propose(text, seen=desk.version(text), by=member())

    response = client.post(page_of(submission), {"action": "relire", "rewriting": text.pk}, follow=True)

    assertContains(response, "La nouvelle version part vers la personne")
    assertNotContains(response, "a@exemple.fr")


def test_nobody_is_asked_to_read_who_did_not_agree(client, person):
    assertNotContains(client.get(page_of(checked(email="a@exemple.fr"))), "Faire relire")

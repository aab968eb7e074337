"""The pages of the team in the admin."""

import html
import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from simplification import desk, services
from simplification.admin import counts, reading
from simplification.models import AnswerTemplate, DocumentAccess, Rewriting, Submission
from simplification.storage import documents
from tests.factories import AdministrationFactory, StaffFactory
from tests.simplification.letters import LETTER, photo
from tests.simplification.situations import QUEUE, REWRITINGS, checked, controlled, member, page_of, received, rewriting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def without_antivirus(settings):
    settings.CLAMD_ADDRESS = ""


@pytest.fixture
def person(client):
    person = member()
    client.force_login(person)
    return person


def numbers(response) -> list[str]:
    return re.findall(r"OUPS-\d{4}-\w{8}", re.sub(r"<[^>]+>", " ", response.content.decode()))


# --- The queue --------------------------------------------------------------------------------------------------------


def test_the_queue_shows_what_was_sent_the_oldest_first(client, person):
    services.start()
    young, old = received(), received()
    Submission.objects.filter(pk=old.pk).update(received_at=timezone.now() - timedelta(days=3))

    assert numbers(client.get(QUEUE)) == [old.number, young.number]


def test_the_queue_shows_what_is_left_to_do(client, person):
    open_, ended = controlled(), controlled()
    desk.change_state(ended, "closed", reason="x", by=person)

    assert numbers(client.get(QUEUE)) == [open_.number]
    assert numbers(client.get(QUEUE, {"avancement": "termines"})) == [ended.number]
    assert len(numbers(client.get(QUEUE, {"avancement": "tous"}))) == 2


def test_a_number_is_found_even_when_it_is_ended(client, person):
    ended = controlled()
    desk.change_state(ended, "closed", reason="x", by=person)

    assert numbers(client.get(QUEUE, {"q": ended.number})) == [ended.number]


def test_the_queue_is_filtered_by_who_follows(client, person):
    mine, others, nobodys = received(), received(), received()
    desk.assign(mine, to=person, by=person)
    desk.assign(others, to=member(), by=person)

    assert numbers(client.get(QUEUE, {"suivi": "moi"})) == [mine.number]
    assert numbers(client.get(QUEUE, {"suivi": "personne"})) == [nobodys.number]


def test_the_queue_says_how_many_people_sent_the_same_letter(client, person):
    for name in "ABC":
        checked(f"{LETTER}\nPour {name}")

    assertContains(client.get(QUEUE), "3 personnes", count=3)


def test_the_queue_says_what_waits_for_the_antivirus_and_what_it_holds(client, person):
    received()
    held = received()
    held.documents.update(state="blocked")

    response = client.get(QUEUE)

    assertContains(response, "1 en attente de contrôle")
    assertContains(response, "1 retenu par l&#x27;antivirus")


def test_a_document_without_an_answer_after_three_weeks_is_late(client, person):
    late = received()
    Submission.objects.filter(pk=late.pk).update(received_at=timezone.now() - timedelta(days=30))

    assertContains(client.get(QUEUE), "30 jours (en retard)")


@pytest.mark.parametrize("count", [1, 10])
def test_the_queue_costs_the_same_for_one_document_or_ten(client, person, count, django_assert_num_queries):
    for _ in range(count):
        received(administration=AdministrationFactory())

    # session, account, permissions of the account and of its groups, counts and rows, files, filter of administrations
    with django_assert_num_queries(9):
        client.get(QUEUE)


# --- The page of a document -------------------------------------------------------------------------------------------


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


# --- Files ------------------------------------------------------------------------------------------------------------


def image(submission: Submission, position: int = 1) -> str:
    return f"{QUEUE}{submission.pk}/fichiers/{submission.documents.first().pk}/pages/{position}.jpg"


def original(submission: Submission) -> str:
    return f"{QUEUE}{submission.pk}/fichiers/{submission.documents.first().pk}/original/"


def test_a_page_is_an_image_that_no_browser_takes_for_something_else(client, person):
    response = client.get(image(checked()))

    assert response.content.startswith(b"\xff\xd8\xff")
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "sandbox" in response["Content-Security-Policy"]


def test_an_image_opened_by_its_address_alone_is_written_too(client, person):
    submission = checked()

    client.get(image(submission))

    assert DocumentAccess.objects.get().action == "view"


def test_a_page_is_not_found_under_another_document(client, person):
    first, second = checked(), checked("Un autre texte.")

    path = image(first).replace(f"/submission/{first.pk}/", f"/submission/{second.pk}/")

    assert client.get(path).status_code == 404


@pytest.mark.parametrize("state", ["waiting", "blocked", "unreadable"])
def test_a_file_that_is_not_ready_gives_no_image(client, person, state):
    submission = checked()
    submission.documents.update(state=state)

    assert client.get(image(submission)).status_code == 404
    assert not DocumentAccess.objects.exists()


def test_an_original_is_an_attachment_under_a_name_of_ours_and_each_one_is_written(client, person):
    submission = controlled("", files=((photo(), "Madame Canari.jpg"),))

    response = client.post(original(submission))

    assert response.content == photo()
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == f'attachment; filename="{submission.number}-1.jpg"'
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    client.post(original(submission))
    assert DocumentAccess.objects.filter(action="download").count() == 2


def test_an_original_is_not_opened_by_a_link(client, person):
    assert client.get(original(controlled())).status_code == 405


@pytest.mark.parametrize("values", [{"state": "waiting"}, {"state": "blocked"}, {"findings": ["macro"]}])
def test_an_original_that_may_harm_is_not_given(client, person, values):
    submission = controlled()
    submission.documents.update(**values)

    response = client.post(original(submission), follow=True)

    assertRedirects(response, page_of(submission))
    assertContains(response, "Ce fichier ne peut pas être téléchargé.")
    assert not DocumentAccess.objects.filter(action="download").exists()


def test_an_original_needs_a_permission_of_its_own(client, person):
    submission = controlled()
    group = person.groups.get()
    group.permissions.remove(group.permissions.get(codename="download_document"))

    assertNotContains(client.get(page_of(submission)), "Télécharger l'original")
    assert client.post(original(submission)).status_code == 403


def test_an_original_swapped_in_the_storage_is_not_given(client, person):
    submission = controlled()
    submission.documents.update(stored_as=documents().save(b"autre chose"))

    assertContains(client.post(original(submission), follow=True), "plus celui qui a été reçu")


def test_a_page_whose_file_is_gone_is_not_found(client, person):
    submission = checked()
    documents().delete(submission.documents.get().pages.get().stored_as)

    assert client.get(image(submission)).status_code == 404


def test_the_page_stands_when_its_files_are_deleted(client, person, django_capture_on_commit_callbacks):
    submission = checked(comment="Canari", email="canari@exemple.fr")
    with django_capture_on_commit_callbacks(execute=True):
        services.delete_documents(submission)

    response = client.get(page_of(submission))

    assertContains(response, "Ce fichier est effacé.")
    assertNotContains(response, "anari")


# --- Rewritings -------------------------------------------------------------------------------------------------------


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


# --- Figures and the register -----------------------------------------------------------------------------------------


def test_statistics_count_and_time_the_answers(person):
    caf = AdministrationFactory(short_name="Caf")
    for days in (2, 4, 30):
        submission = controlled(administration=caf, difficulties=["words", "tone"])
        desk.answer(submission, text="Oui", by=person)
        Submission.objects.filter(pk=submission.pk).update(received_at=timezone.now() - timedelta(days=days))
    desk.change_state(submission, "closed", reason="x", by=person)
    received(difficulties=["words"])
    services.start()

    found = counts.statistics()

    assert (found.total.received, found.total.open, round(found.total.median_days)) == (4, 3, 4)
    assert [(line.label, line.received, line.open) for line in found.by_administration] == [
        ("Caf", 3, 2), ("administration inconnue", 1, 1),
    ]  # fmt: skip
    assert [(line.label, line.received) for line in found.by_difficulty] == [("les mots", 4), ("le ton", 3)]
    assert list(found.backlog.values()) == [3, 0, 0, 0]


def test_statistics_stand_when_nothing_was_received(client, person):
    assertContains(client.get(f"{QUEUE}statistiques/"), "Rien pour l'instant.", count=2)


def test_the_register_names_no_file(client):
    submission = controlled("", files=((photo(), "canari.jpg"),))
    desk.log_view(submission.documents.get(), by=member())
    client.force_login(StaffFactory(role="auditeur"))
    access = DocumentAccess.objects.get()

    for path in ("", f"{access.pk}/change/"):
        response = client.get(f"/gestion/simplification/documentaccess/{path}")
        assertContains(response, submission.number)
        assertNotContains(response, "canari")


@pytest.mark.parametrize("path", ["add/", "{}/delete/"])
def test_even_a_superuser_neither_adds_to_the_register_nor_deletes_from_it(client, path):
    desk.log_view(controlled().documents.get(), by=member())
    client.force_login(get_user_model().objects.create_superuser("chef"))

    path = f"/gestion/simplification/documentaccess/{path.format(DocumentAccess.objects.get().pk)}"

    assert (client.get(path).status_code, client.post(path).status_code) == (403, 403)


def test_even_a_superuser_does_not_change_the_register(client):
    desk.log_view(controlled().documents.get(), by=member())
    client.force_login(get_user_model().objects.create_superuser("chef"))

    path = f"/gestion/simplification/documentaccess/{DocumentAccess.objects.get().pk}/change/"

    assert client.post(path, {"action": "download"}).status_code == 403
    assert DocumentAccess.objects.get().action == "view"


def test_nothing_of_a_document_is_kept_by_the_browser(client, person):
    assert "no-store" in client.get(page_of(controlled()))["Cache-Control"]

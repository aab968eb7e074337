"""What the admin gives of a file that was sent."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from simplification import services
from simplification.models import DocumentAccess, Submission
from simplification.storage import documents
from tests.simplification.letters import photo
from tests.simplification.situations import QUEUE, checked, controlled, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_antivirus")]


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


@pytest.mark.parametrize(
    "values", [{"state": "waiting"}, {"state": "blocked"}, {"state": "unreadable"}, {"findings": ["macro"]}]
)
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

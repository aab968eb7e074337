"""Who opens what of citizens' documents."""

import pytest

from simplification import desk
from simplification.models import DocumentAccess
from simplification.storage import documents
from tests.factories import StaffFactory
from tests.simplification.situations import controlled, member, rewriting

pytestmark = pytest.mark.django_db

ROOT = "/gestion/simplification/"
PAGES = {
    "queue": "submission/",
    "document": "submission/{submission}/change/",
    "image": "submission/{submission}/fichiers/{document}/pages/1.jpg",
    "history": "submission/{submission}/history/",
    "rewritings": "rewriting/",
    "a rewriting": "rewriting/{rewriting}/change/",
    "a new rewriting": "rewriting/add/",
    "templates": "answertemplate/",
    "a new template": "answertemplate/add/",
    "register": "documentaccess/",
    "statistics": "submission/statistiques/",
}
OPENS = {
    "équipe simplification": set(PAGES),
    "administrateur": {"templates", "a new template"},
    "auditeur": {"register", "statistics"},
    "rédacteur": set(),
    "relecteur": set(),
}


@pytest.fixture
def addresses() -> dict[str, str]:
    submission = controlled()
    document = submission.documents.get()
    document.pages.create(position=1, stored_as=documents().save(b"an image"))
    desk.save_rewriting(text := rewriting(submission), by=member())
    rows = {"submission": submission.pk, "document": document.pk, "rewriting": text.pk}
    return {name: ROOT + path.format(**rows) for name, path in PAGES.items()}


@pytest.mark.parametrize("role", OPENS)
def test_each_role_opens_what_it_needs_and_no_more(client, addresses, role):
    client.force_login(StaffFactory(role=role))

    answers = {name: client.get(address).status_code for name, address in addresses.items()}

    assert answers == {name: 200 if name in OPENS[role] else 403 for name in PAGES}


@pytest.mark.parametrize("role", [role for role in OPENS if role != "équipe simplification"])
@pytest.mark.parametrize("action", ["prendre", "attribuer", "etat", "repondre", "transmettre", "notes"])
def test_only_the_team_acts_on_a_document(client, addresses, role, action):
    client.force_login(StaffFactory(role=role))

    answer = client.post(addresses["document"], {"action": action, "text": "x", "to": "a@b.fr", "state": "closed"})

    assert answer.status_code == 403


@pytest.mark.parametrize("role", [role for role in OPENS if role != "équipe simplification"])
def test_only_the_team_takes_an_original(client, addresses, role):
    client.force_login(StaffFactory(role=role))

    answer = client.post(addresses["image"].replace("pages/1.jpg", "original/"))

    assert answer.status_code == 403
    assert not DocumentAccess.objects.exists()


def test_a_visitor_is_sent_to_the_sign_in(client, addresses):
    assert {client.get(address).status_code for address in addresses.values()} == {302}

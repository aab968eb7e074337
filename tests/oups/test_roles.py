import pytest
from django.contrib.auth.models import Group

from oups import roles
from tests.factories import FrequentErrorFactory, StaffFactory

pytestmark = pytest.mark.django_db

ENTRIES = "/gestion/errors_catalog/frequenterror/"
ADMINISTRATIONS = "/gestion/errors_catalog/administration/"
USERS = "/gestion/auth/user/"


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        ("rédacteur", {ENTRIES: 200, f"{ENTRIES}add/": 200, f"{ADMINISTRATIONS}add/": 403, USERS: 403}),
        ("relecteur", {ENTRIES: 200, f"{ENTRIES}add/": 200, f"{ADMINISTRATIONS}add/": 200, USERS: 403}),
        ("équipe simplification", {ENTRIES: 200, f"{ENTRIES}add/": 403, ADMINISTRATIONS: 200, USERS: 403}),
        ("administrateur", {ENTRIES: 200, f"{ENTRIES}add/": 200, f"{ADMINISTRATIONS}add/": 200, USERS: 200}),
        ("auditeur", {ENTRIES: 200, f"{ENTRIES}add/": 403, f"{ADMINISTRATIONS}add/": 403, USERS: 200}),
    ],
)  # fmt: skip
def test_each_role_opens_what_it_needs_and_no_more(client, role, rights):
    client.force_login(StaffFactory(role=role))

    assert {path: client.get(path).status_code for path in rights} == rights


def test_an_auditor_changes_nothing(client):
    error = FrequentErrorFactory()
    client.force_login(StaffFactory(role="auditeur"))

    assert client.get(f"{ENTRIES}{error.pk}/change/").status_code == 200
    assert client.post(f"{ENTRIES}{error.pk}/change/", {"title": "x"}).status_code == 403


def test_creating_roles_again_removes_a_permission_added_by_hand():
    roles.create_roles()
    group = Group.objects.get(name="auditeur")
    group.permissions.add(Group.objects.get(name="administrateur").permissions.get(codename="change_user"))

    roles.create_roles()

    assert not group.permissions.filter(codename="change_user").exists()


def test_an_anonymous_visitor_is_sent_to_the_sign_in(client):
    response = client.get(ENTRIES)

    assert (response.status_code, response["Location"]) == (302, f"/gestion/login/?next={ENTRIES}")

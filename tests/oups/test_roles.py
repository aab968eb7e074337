import pytest
from django.contrib.auth.models import Group, Permission

from oups import roles
from tests.factories import FrequentErrorFactory, StaffFactory

pytestmark = pytest.mark.django_db

ENTRIES = "/gestion/errors_catalog/frequenterror/"


def test_an_auditor_changes_nothing(client):
    error = FrequentErrorFactory()
    client.force_login(StaffFactory(role="auditeur"))

    assert client.get(f"{ENTRIES}{error.pk}/change/").status_code == 200
    assert client.post(f"{ENTRIES}{error.pk}/change/", {"title": "x"}).status_code == 403


def test_nobody_moves_an_address_that_was_public_by_hand():
    roles.create_roles()

    held = Permission.objects.filter(content_type__model="formeraddress", group__isnull=False)

    assert {permission.codename for permission in held} == {"view_formeraddress"}


def test_creating_roles_again_removes_a_permission_added_by_hand():
    roles.create_roles()
    group = Group.objects.get(name="auditeur")
    group.permissions.add(Group.objects.get(name="administrateur").permissions.get(codename="change_user"))

    roles.create_roles()

    assert not group.permissions.filter(codename="change_user").exists()

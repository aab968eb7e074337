"""Accounts: who makes them, and what nobody can give themselves."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from pytest_django.asserts import assertContains

from oups import roles
from staff import lockout
from tests.factories import StaffFactory
from tests.staff.codes import WRONG
from tests.staff.conftest import enter_password

pytestmark = pytest.mark.django_db

ACCOUNTS = "/gestion/auth/user/"
PASSWORD = "quatre mots pris au hasard"


@pytest.fixture
def administrator(client) -> User:
    user = StaffFactory(username="chef", role="administrateur")
    client.force_login(user)
    return user


def group(name: str) -> Group:
    roles.create_roles()
    return Group.objects.get(name=name)


def add(client, **fields: object):
    data = {"username": "nouveau", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    return client.post(f"{ACCOUNTS}add/", data | fields)


def change(client, user: User, **fields: object):
    data = {"username": user.username, "email": user.email, "is_active": "on", "is_staff": "on"}
    return client.post(f"{ACCOUNTS}{user.pk}/change/", data | fields)


def act(client, action: str, *users: User):
    data = {"action": action, "_selected_action": [user.pk for user in users]}
    return client.post(ACCOUNTS, data, follow=True)


def test_an_administrator_makes_an_account_with_a_role(client, administrator):
    add(client, email="nouveau@ministere.example", groups=[group("rédacteur").pk])

    made = User.objects.get(username="nouveau")
    assert (made.is_staff, made.is_active, made.is_superuser) == (True, True, False)
    assert [role.name for role in made.groups.all()] == ["rédacteur"]
    assert made.check_password(PASSWORD)


def test_an_account_may_have_no_password_for_the_identity_provider_alone(client, administrator):
    add(client, usable_password="false", password1="", password2="", email="a@ministere.example")

    assert not User.objects.get(username="nouveau").has_usable_password()


@pytest.mark.parametrize("field", ["is_superuser", "user_permissions"])
def test_an_administrator_gives_nothing_beyond_roles(client, administrator, field):
    permission = group("équipe simplification").permissions.get(codename="download_document")
    value = "on" if field == "is_superuser" else permission.pk
    colleague = StaffFactory()

    add(client, **{field: value})
    change(client, colleague, **{field: value})

    for user in (User.objects.get(username="nouveau"), User.objects.get(pk=colleague.pk)):
        assert (user.is_superuser, user.user_permissions.count()) == (False, 0)


def test_an_administrator_does_not_change_their_own_rights(client, administrator):
    change(client, administrator, groups=[group("équipe simplification").pk], is_superuser="on")

    administrator.refresh_from_db()
    assert [role.name for role in administrator.groups.all()] == ["administrateur"]
    assert not administrator.is_superuser


def test_an_administrator_does_not_change_what_a_role_may_do(client, administrator):
    auditors = group("auditeur")

    answer = client.post(f"/gestion/auth/group/{auditors.pk}/change/", {"name": "auditeur", "permissions": []})

    assert answer.status_code == 403
    assert auditors.permissions.exists()


@pytest.mark.parametrize("page", ["change/", "password/"])
def test_an_administrator_does_not_touch_a_superuser(client, administrator, page):
    root = StaffFactory(is_superuser=True)
    data = {"username": "autre", "password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}

    assert client.post(f"{ACCOUNTS}{root.pk}/{page}", data).status_code == 403


def test_nobody_deletes_an_account(client, administrator):
    colleague = StaffFactory()
    client.force_login(StaffFactory(is_superuser=True))

    assert client.post(f"{ACCOUNTS}{colleague.pk}/delete/", {"post": "yes"}).status_code == 403


def test_two_accounts_do_not_share_an_address(client, administrator):
    StaffFactory(email="camille@ministere.example")

    answer = add(client, email="Camille@ministere.example")

    assertContains(answer, "Un autre compte a déjà cette adresse")
    assert not User.objects.filter(username="nouveau").exists()


def test_the_database_refuses_that_two_accounts_share_an_address():
    StaffFactory(email="camille@ministere.example")

    with pytest.raises(IntegrityError):
        StaffFactory(email="CAMILLE@ministere.example")


def test_a_lost_device_is_forgotten_and_that_is_written_down(client, administrator):
    colleague = StaffFactory()

    act(client, "reset_second_factor", colleague)

    assert not Authenticator.objects.filter(user=colleague).exists()
    entry = LogEntry.objects.latest("pk")
    assert (entry.user, entry.object_id) == (administrator, str(colleague.pk))
    assert entry.get_change_message() == "Double authentification retirée."


def test_an_administrator_resets_neither_themselves_nor_a_superuser(client, administrator):
    root = StaffFactory(is_superuser=True)

    answer = act(client, "reset_second_factor", administrator, root)

    assert Authenticator.objects.count() == 2
    assertContains(answer, "laissés tels quels")


def test_the_tie_with_the_identity_provider_is_forgotten(client, administrator):
    colleague = StaffFactory()
    SocialAccount.objects.create(user=colleague, provider="oidc", uid="1")

    act(client, "forget_provider", colleague)

    assert not SocialAccount.objects.exists()


def test_an_auditor_resets_nothing(client):
    colleague = StaffFactory()
    client.force_login(StaffFactory(role="auditeur"))

    act(client, "reset_second_factor", colleague)

    assert Authenticator.objects.filter(user=colleague).exists()


def test_an_administrator_ends_the_wait_of_somebody(client, administrator, member):
    other = client.__class__()
    for _ in range(lockout.ACCOUNT.tolerated + 1):
        enter_password(other, password=WRONG)

    act(client, "unlock", member)

    assert enter_password(other).status_code == 302


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_of_accounts_costs_the_same_whatever_it_holds(
    client, administrator, count, django_assert_max_num_queries
):
    StaffFactory.create_batch(count, role="rédacteur")

    with django_assert_max_num_queries(11):
        client.get(ACCOUNTS)


def test_the_first_account_is_made_by_a_command(client, capsys):
    roles.create_roles()

    call_command("create_account", "chef", "--email", "chef@ministere.example")

    made = User.objects.get(username="chef")
    password = capsys.readouterr().out.split("mot de passe : ")[1].split()[0]
    assert made.check_password(password)
    assert (made.is_staff, made.is_superuser) == (True, False)
    assert [role.name for role in made.groups.all()] == ["administrateur"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["chef", "--role", "roi"], "rôle"),
        (["chef", "--email", "pas une adresse"], "adresse"),
        (["pris"], "existe"),
        (["nom impossible !"], "nom d’utilisateur"),
        (["chef", "--email", "pris@ministere.example"], "adresse"),
    ],
)
def test_a_command_that_cannot_make_an_account_says_why(arguments, reason):
    roles.create_roles()
    StaffFactory(username="pris", email="pris@ministere.example")

    with pytest.raises(CommandError, match=reason):
        call_command("create_account", *arguments)

    assert User.objects.count() == 1


def test_a_command_forgets_a_second_factor():
    StaffFactory(username="chef")

    call_command("reset_second_factor", "chef")

    assert not Authenticator.objects.exists()
    with pytest.raises(CommandError, match="personne"):
        call_command("reset_second_factor", "personne")

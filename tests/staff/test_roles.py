"""Every role at every address of the staff: read from the URLconf, expected by the table of `addresses`."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from oups import roles
from simplification import storage
from tests.factories import StaffFactory
from tests.staff.addresses import (
    ACCOUNT,
    OTHERS,
    REDIRECTIONS,
    STANDARD,
    Address,
    Who,
    arguments,
    everyone,
    examples,
    holders,
    staff_addresses,
)
from tests.staff.conftest import ACTIVATION, SIGN_IN

pytestmark = pytest.mark.django_db

EVERY_ADDRESS = staff_addresses(settings.ADMIN_PATH)
OF_THE_ACCOUNT = [address for address in EVERY_ADDRESS if address.name in ACCOUNT]
OF_THE_ADMIN = [address for address in EVERY_ADDRESS if address.name not in ACCOUNT]
MODELS = {f"{model._meta.app_label}_{model._meta.model_name}" for model in apps.get_models()}
STANDARD_NAME = re.compile(rf"(?P<model>[a-z_]+?)_(?P<page>{'|'.join(STANDARD)})")


@pytest.fixture
def rows(tmp_path: Any, settings: Any) -> dict[str, Any]:
    documents = {**settings.STORAGES["documents"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "documents": documents}
    storage.documents.cache_clear()
    roles.create_roles()
    yield examples()
    storage.documents.cache_clear()


def name_of(address: Address) -> str:
    return address.name.removeprefix("admin:")


def rule(address: Address) -> Who:
    """What the table says of an address. Fails for one that it does not know."""
    name = name_of(address)
    if name in OTHERS:
        return OTHERS[name]
    if address.name in REDIRECTIONS:
        return everyone(status=404 if "url" in address.pattern.pattern.regex.groupindex else 302)
    found = STANDARD_NAME.fullmatch(name)
    if found and found["model"] in MODELS:
        model = found["model"].rsplit("_", 1)[-1]
        return holders(*(f"{action}_{model}" for action in STANDARD[found["page"]]))
    pytest.fail(
        f"Nobody has said who may open « {name} » ({address.pattern.pattern}). "
        "Add it to OTHERS in tests/staff/addresses.py."
    )


def paths(rows: dict[str, Any]) -> Callable[[Address], str]:
    """How to write the path of an address with the example rows."""
    known = arguments(rows)

    def write(address: Address) -> str:
        groups = address.pattern.pattern
        names = list(groups.converters) or list(getattr(groups.regex, "groupindex", {}))
        if address.name == "admin:":
            return reverse("admin:index") + ("adresse-inconnue/" if "url" in names else "auth/user/1/")
        model = next((model for model in rows if name_of(address).startswith(f"{model}_")), None)
        if model is None and {"pk", "id", "object_id"} & set(names) and name_of(address) != "view_on_site":
            pytest.fail(
                f"Give an example of the row of « {name_of(address)} » in examples(), tests/staff/addresses.py."
            )
        row = rows[model or "errors_catalog_frequenterror"]
        if name_of(address).endswith("simple_history"):
            return reverse(address.name, args=[row.pk, row.history.latest().pk])
        return reverse(address.name, kwargs={name: known.get(name, row.pk) for name in names})

    return write


def statuses(client: Client, write: Callable[[Address], str], addresses: list[Address]) -> dict[str, int]:
    answers = {}
    for address in addresses:
        who = rule(address)
        answer = getattr(client, who.method)(write(address) + who.query)
        answers[f"{who.method} {write(address)}"] = answer.status_code
    return answers


@pytest.mark.parametrize("address", OF_THE_ADMIN, ids=name_of)
def test_somebody_has_said_who_opens_each_address(address):
    assert rule(address)


@pytest.mark.parametrize("role", roles.ROLES)
def test_each_role_opens_what_its_permissions_say_and_no_more(client, rows, role):
    write = paths(rows)
    expected = {
        f"{rule(address).method} {write(address)}": rule(address).status if rule(address).may(role) else 403
        for address in OF_THE_ADMIN
    }
    client.force_login(StaffFactory(role=role))

    answered = statuses(client, write, OF_THE_ADMIN)

    assert {path: status for path, status in answered.items() if status != expected[path]} == {}, role


def test_a_member_of_the_staff_without_a_role_opens_no_row(client, rows):
    write = paths(rows)
    client.force_login(StaffFactory())

    opened = [path for path, status in statuses(client, write, OF_THE_ADMIN).items() if status == 200]

    assert opened == [f"get {reverse(f'admin:{name}')}" for name in ("index", "password_change_done", "jsi18n")]


@pytest.mark.parametrize("superuser", [False, True])
def test_without_a_second_factor_every_address_of_the_admin_leads_to_its_activation(client, rows, superuser):
    write = paths(rows)
    account = StaffFactory(role="administrateur", second_factor=False, is_superuser=superuser)
    client.force_login(account)

    for address in OF_THE_ADMIN:
        answer = getattr(client, rule(address).method)(write(address))
        if name_of(address) != "login":
            assert answer.status_code == 302, address
            answer = client.get(answer.url)
        assert answer.url.startswith(ACTIVATION), address


def visitor(client: Client) -> None:
    """Nobody signed in."""


def stranger(client: Client) -> None:
    client.force_login(User.objects.create(username="usager"))


def former_member(client: Client) -> None:
    client.force_login(StaffFactory(role="administrateur", is_active=False))


@pytest.mark.parametrize("person", [visitor, stranger, former_member])
def test_whoever_is_not_of_the_staff_is_sent_to_the_sign_in(client, rows, person):
    write = paths(rows)
    person(client)

    for address in OF_THE_ADMIN:
        answer = getattr(client, rule(address).method)(write(address))
        if name_of(address) != "login":
            answer = client.get(answer.url)
        assert answer.status_code == 302, address
        assert answer.url.startswith(SIGN_IN), address


@pytest.mark.parametrize("address", OF_THE_ACCOUNT, ids=name_of)
def test_the_pages_of_an_account_are_its_own(client, address):
    signed_in, not_signed_in = ACCOUNT[address.name]
    anonymous = client.get(reverse(address.name)).status_code
    client.force_login(StaffFactory(role="auditeur"))

    assert (client.get(reverse(address.name)).status_code, anonymous) == (signed_in, not_signed_in)


def test_the_table_names_no_address_that_is_gone():
    there = {name_of(address) for address in OF_THE_ADMIN} | {address.name for address in OF_THE_ACCOUNT}

    assert sorted({*OTHERS, *ACCOUNT} - there) == []


def test_creating_roles_gives_each_group_exactly_its_permissions():
    roles.create_roles()

    for name, rights in roles.ROLES.items():
        held = Group.objects.get(name=name).permissions.values_list("codename", flat=True)
        assert sorted(held) == sorted(f"{action}_{model}" for model, actions in rights.items() for action in actions)

"""How long a session lasts, and that the public never has one."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from pytest_django.asserts import assertContains

from tests.addresses import PAGES
from tests.staff.codes import code
from tests.staff.conftest import ADMIN, CODE, SIGN_IN, enter_password

ENTRIES = "/gestion/errors_catalog/frequenterror/"


def test_a_session_without_a_request_for_half_an_hour_is_over(client, member, move_clock):
    client.force_login(member)
    move_clock(minutes=29)
    assert client.get(ENTRIES).status_code == 200
    move_clock(minutes=31)

    assert client.get(ENTRIES).status_code == 302
    assert client.get(ADMIN).status_code == 302


def test_a_session_that_is_used_is_over_after_eight_hours(client, member, move_clock):
    client.force_login(member)
    for _ in range(19):
        move_clock(minutes=25)
        assert client.get(ENTRIES).status_code == 200
    move_clock(minutes=10)

    assert client.get(ENTRIES).status_code == 302


def test_a_session_never_used_after_the_sign_in_is_over_too(client, member, move_clock):
    client.force_login(member)
    move_clock(minutes=31)

    assert client.get(ENTRIES).status_code == 302


def test_whoever_signs_in_again_finds_their_page(client, member, move_clock):
    client.force_login(member)
    move_clock(hours=1)

    page = client.get(f"{ENTRIES}?q=nounou", follow=True)
    assertContains(page, "Votre session a pris fin.")
    wanted = page.context["redirect_field_value"]
    enter_password(client, next=wanted)

    assert client.post(CODE, {"code": code()}).url == f"{ENTRIES}?q=nounou"


def test_what_is_sent_from_a_session_that_is_over_changes_nothing(client, member, move_clock):
    client.force_login(member)
    move_clock(hours=1)

    assert client.post(f"{ENTRIES}add/", {"title": "x"}).status_code == 302


def test_a_session_is_renamed_at_the_sign_in(client, member):
    client.get(SIGN_IN)
    enter_password(client)
    before = client.session.session_key

    client.post(CODE, {"code": code()})

    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_signing_out_ends_the_session_on_the_server(client, member):
    client.force_login(member)
    key = client.session.session_key

    client.post("/gestion/compte/deconnexion/")

    assert not Session.objects.filter(session_key=key).exists()
    assert client.get(ENTRIES).status_code == 302


def test_a_link_alone_signs_nobody_out(client, member):
    client.force_login(member)

    client.get("/gestion/compte/deconnexion/")
    client.get("/gestion/logout/")

    assert client.get(ENTRIES).status_code == 200


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_an_account_that_is_closed_loses_its_session(client, member, change):
    client.force_login(member)
    get_user_model().objects.filter(pk=member.pk).update(**change)

    assert client.get(ENTRIES).status_code == 302


def test_the_cookie_of_the_session_ends_with_the_browser(client, member):
    enter_password(client)
    answer = client.post(CODE, {"code": code()})

    cookie = answer.cookies["session"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("", True, "Lax")


@pytest.mark.parametrize("path", [path for path in PAGES if path.count("/") < 3])
def test_a_public_page_neither_reads_nor_renews_the_session_of_the_staff(client, member, move_clock, path):
    client.force_login(member)
    move_clock(minutes=20)
    answer = client.get(path)
    assert answer.cookies == {}
    assert "Cookie" not in answer.get("Vary", "")
    move_clock(minutes=11)

    assert client.get(ENTRIES).status_code == 302


def test_signing_in_costs_few_queries(client, member, django_assert_max_num_queries):
    enter_password(client)

    with django_assert_max_num_queries(30):
        client.post(CODE, {"code": code()})

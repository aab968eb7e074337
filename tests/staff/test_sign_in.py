"""Name, password, code: what opens the admin and what does not."""

import re

import pytest
from allauth.mfa.models import Authenticator
from pytest_django.asserts import assertContains, assertRedirects

from staff import second_factor
from tests.factories import FrequentErrorFactory, StaffFactory
from tests.staff.codes import WRONG, code
from tests.staff.conftest import ACTIVATION, ADMIN, CODE, PASSWORD, SIGN_IN, enter_password

ENTRIES = "/gestion/errors_catalog/frequenterror/"
RECOVERY_CODES = "/gestion/compte/codes-de-secours/"


def recovery_codes(user) -> list[str]:
    return Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()


def activate(client):
    client.get(ACTIVATION)
    return client.post(ACTIVATION, {"code": code(client.session["mfa.totp.secret"])})


def test_the_password_and_a_code_open_the_page_that_was_wanted(client, member):
    sent = client.get(ENTRIES, follow=True)
    assert sent.redirect_chain[-1][0].startswith(SIGN_IN)

    assertRedirects(enter_password(client, next=ENTRIES), CODE)
    answer = client.post(CODE, {"code": code()})

    assertRedirects(answer, ENTRIES)


def test_the_password_alone_opens_nothing(client, member):
    enter_password(client)

    assert client.get(ENTRIES).status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_wrong_code_opens_nothing(client, member):
    enter_password(client)

    assertContains(client.post(CODE, {"code": WRONG}), "Ce code n&#x27;est pas le bon")
    assert "_auth_user_id" not in client.session


def test_a_code_opens_once(client, member):
    enter_password(client)
    client.post(CODE, {"code": code()})
    client.logout()
    enter_password(client)

    assertContains(client.post(CODE, {"code": code()}), "a déjà servi")


def test_another_process_knows_that_a_code_was_used(member):
    factor = Authenticator.objects.get(user=member)

    assert [second_factor.use_code(factor, "123456"), second_factor.use_code(factor, "123456")] == [True, False]


def test_a_recovery_code_replaces_the_application_once(client, newcomer):
    enter_password(client, "nadia")
    activate(client)
    spare = recovery_codes(newcomer)[0]
    client.logout()
    enter_password(client, "nadia")

    assertRedirects(client.post(CODE, {"code": f"{spare[:4]} {spare[4:]}"}), ADMIN)
    client.logout()
    enter_password(client, "nadia")
    assert client.post(CODE, {"code": spare}).status_code == 200


@pytest.mark.parametrize(
    ("username", "password"),
    [("camille", "un autre mot de passe"), ("personne", PASSWORD), ("ancien", PASSWORD), ("visiteur", PASSWORD)],
)
def test_the_answer_does_not_tell_whether_the_account_exists(client, member, username, password):
    for name, state in (("ancien", {"is_active": False}), ("visiteur", {"is_staff": False})):
        user = StaffFactory(username=name, **state)
        user.set_password(PASSWORD)
        user.save()

    answer = enter_password(client, username, password)

    assert answer.context["form"].non_field_errors() == [
        "Ce nom d'utilisateur et ce mot de passe ne vont pas ensemble. Vérifiez les deux."
    ]


@pytest.mark.parametrize("wanted", ["https://ailleurs.example/", "//ailleurs.example/", "javascript:alert(1)"])
def test_the_sign_in_leads_nowhere_else(client, member, wanted):
    enter_password(client, next=wanted)

    assertRedirects(client.post(CODE, {"code": code()}), ADMIN)


def test_a_new_account_is_led_to_its_second_factor_first(client, newcomer):
    error = FrequentErrorFactory()
    enter_password(client, "nadia")

    for path in (ADMIN, ENTRIES, f"{ENTRIES}{error.pk}/change/"):
        answer = client.get(path, follow=True)
        assert answer.redirect_chain[-1][0].startswith(ACTIVATION), path


def test_the_second_factor_once_activated_opens_the_admin(client, newcomer):
    enter_password(client, "nadia")

    assertRedirects(activate(client), RECOVERY_CODES)
    assert client.get(ENTRIES).status_code == 200
    assertContains(client.get(RECOVERY_CODES), recovery_codes(newcomer)[0])


def test_a_session_of_the_password_alone_gains_nothing_when_the_owner_activates(client, newcomer):
    """Somebody else knew the password before the owner activated the second factor."""
    thief = client.__class__()
    enter_password(thief, "nadia")
    enter_password(client, "nadia")

    activate(client)

    assert client.get(ENTRIES).status_code == 200
    assert thief.get(ENTRIES).status_code == 302


@pytest.mark.parametrize(
    "path", [RECOVERY_CODES, f"{RECOVERY_CODES}nouveaux/", "/gestion/compte/double-authentification/retirer/"]
)
def test_a_session_of_the_password_alone_touches_no_second_factor_that_the_owner_activates(client, newcomer, path):
    thief = client.__class__()
    enter_password(thief, "nadia")
    enter_password(client, "nadia")
    activate(client)
    spare = recovery_codes(newcomer)

    for answer in (thief.get(path), thief.post(path)):
        assert answer.url.startswith(SIGN_IN)
    assert "_auth_user_id" not in thief.session
    assert recovery_codes(newcomer) == spare
    assert client.get(RECOVERY_CODES).status_code == 200


def test_the_key_is_shown_as_an_image_and_as_text(client, newcomer):
    enter_password(client, "nadia")

    page = client.get(ACTIVATION)

    assertContains(page, "data:image/svg+xml;base64,")
    key = re.search(r"<code>([A-Z2-7 ]+)</code>", page.content.decode()).group(1)
    assert key.replace(" ", "") == client.session["mfa.totp.secret"]


def test_a_wrong_code_activates_nothing_and_keeps_the_key(client, newcomer):
    enter_password(client, "nadia")
    client.get(ACTIVATION)
    key = client.session["mfa.totp.secret"]

    answer = client.post(ACTIVATION, {"code": WRONG})

    assertContains(answer, "Ce code n&#x27;est pas le bon")
    assert client.session["mfa.totp.secret"] == key
    assert not Authenticator.objects.exists()


def test_retiring_the_second_factor_closes_the_admin_until_another(client, member):
    client.force_login(member)

    answer = client.post("/gestion/compte/double-authentification/retirer/")

    assertRedirects(answer, "/gestion/compte/")
    assert client.get(ENTRIES).status_code == 302


def test_the_demonstration_asks_no_second_factor(client, demonstration, newcomer):
    assertRedirects(enter_password(client, "nadia"), ADMIN)


def test_the_demonstration_asks_for_the_second_factor_of_an_account_that_has_one(client, demonstration, member):
    assertRedirects(enter_password(client), CODE)
    assert client.get(ADMIN).status_code == 302


def test_changing_the_password_asks_for_the_old_one(client, member):
    client.force_login(member)
    new = "quatre mots pris au hasard"

    wrong = client.post("/gestion/compte/mot-de-passe/", {"oldpassword": "faux", "password1": new, "password2": new})
    right = client.post("/gestion/compte/mot-de-passe/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert wrong.context["form"].errors["oldpassword"] == ["Ce mot de passe n'est pas le vôtre. Vérifiez-le."]
    assert right.status_code == 302
    member.refresh_from_db()
    assert member.check_password(new)


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [("court", "court", "password1"), ("quatre mots pris au hasard", "trois mots pris au hasard", "password2")],
)
def test_a_weak_or_mistyped_new_password_is_refused_in_words(client, member, first, second, field):
    client.force_login(member)

    answer = client.post(
        "/gestion/compte/mot-de-passe/", {"oldpassword": PASSWORD, "password1": first, "password2": second}
    )

    assert list(answer.context["form"].errors) == [field]


@pytest.mark.parametrize("path", ["signup/", "inscription/", "email/", "password/reset/", "mot-de-passe/oublie/"])
def test_there_is_no_way_to_sign_up_or_to_reset_a_password(client, db, path):
    assert client.get(f"/gestion/compte/{path}").status_code in (302, 404)
    assert client.get(f"/gestion/compte/{path}", follow=True).redirect_chain[-1:][0][0].startswith(SIGN_IN)


@pytest.mark.parametrize(
    "data",
    [
        {"login": "a\0b", "password": "x"},
        {"login": "a" * 60_000, "password": "x"},
        {"login": "camille", "password": "é" * 60_000},
        {"login": "\ud800".encode("utf-8", "surrogatepass"), "password": b"\xff\xfe"},
        {},
    ],
)  # fmt: skip
def test_any_input_gets_the_form_again(client, member, data):
    assert client.post(SIGN_IN, data).status_code == 200


def test_the_pages_of_the_sign_in_are_kept_by_no_cache(client, member):
    for path in (SIGN_IN, ADMIN, "/gestion/compte/"):
        assert "no-store" in client.get(path)["Cache-Control"], path

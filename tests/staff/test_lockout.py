"""Who guesses waits."""

from datetime import timedelta

import pytest

from staff import lockout
from staff.models import FailedAttempts
from tests.staff.codes import WRONG, code
from tests.staff.conftest import ACTIVATION, CODE, PASSWORD, SIGN_IN, enter_password

pytestmark = pytest.mark.django_db

REFUSAL = "Il y a eu trop d'essais."


def refused(answer) -> bool:
    form = answer.context and answer.context.get("form")
    return bool(form) and REFUSAL in str([*form.errors.values()])


def guess(client, username="camille", times=lockout.ACCOUNT.tolerated + 1):
    for _ in range(times):
        answer = enter_password(client, username, "au hasard")
    return answer


@pytest.mark.parametrize("username", ["camille", "CAMILLE", "personne"])
def test_an_account_known_or_not_is_locked_and_says_how_long(client, member, username):
    guess(client, username)

    answer = enter_password(client, username)

    assert answer.context["form"].non_field_errors() == [
        "Il y a eu trop d'essais. Attendez une minute, puis recommencez."
    ]


def test_another_spelling_of_a_name_is_the_same_account(client, member):
    guess(client, "ＣＡＭＩＬＬＥ")

    assert refused(enter_password(client))


def test_the_right_password_does_not_open_a_locked_account(client, member):
    guess(client)

    assert refused(enter_password(client))
    assert client.get(CODE).status_code == 302


def test_the_wait_is_over_when_it_was_said(client, member, move_clock):
    guess(client)
    move_clock(minutes=1, seconds=1)

    assert enter_password(client).url == CODE


@pytest.mark.parametrize(("failures", "minutes"), [(5, 0), (6, 1), (7, 2), (8, 4), (11, 32), (12, 60), (500, 60)])
def test_the_wait_doubles_up_to_an_hour(failures, minutes):
    assert lockout.ACCOUNT.wait(failures) == timedelta(minutes=minutes)


def test_the_wait_grows_with_each_failure_that_follows(client, member, move_clock):
    guess(client)
    move_clock(minutes=2)
    enter_password(client, password="au hasard")

    assert "Attendez 2 minutes" in str(enter_password(client).context["form"].errors)


def test_a_day_without_failure_forgets(client, member, move_clock):
    guess(client)
    move_clock(hours=25)

    for _ in range(lockout.ACCOUNT.tolerated):
        assert not refused(enter_password(client, password="au hasard"))


def test_signing_in_starts_the_account_afresh(client, member):
    guess(client, times=lockout.ACCOUNT.tolerated)
    enter_password(client)
    client.post(CODE, {"code": code()})
    client.logout()

    guess(client, times=lockout.ACCOUNT.tolerated)

    assert not refused(enter_password(client))


def test_a_network_is_locked_whatever_the_names(client, member):
    for number in range(lockout.NETWORK.tolerated + 1):
        enter_password(client, f"inconnu-{number}", "au hasard")

    assert refused(enter_password(client))
    other = client.post(SIGN_IN, {"login": "camille", "password": PASSWORD}, REMOTE_ADDR="198.51.100.7")
    assert other.status_code == 302


def test_somebody_who_signs_in_between_guesses_does_not_clear_their_network(client, member):
    for number in range(lockout.NETWORK.tolerated):
        enter_password(client, f"inconnu-{number}", "au hasard")
    enter_password(client)
    client.logout()
    enter_password(client, "encore-un", "au hasard")

    assert refused(enter_password(client))


def test_codes_are_guessed_no_more_than_passwords(client, member):
    enter_password(client)
    for _ in range(lockout.ACCOUNT.tolerated + 1):
        client.post(CODE, {"code": WRONG})

    assert refused(client.post(CODE, {"code": code()}))
    assert "_auth_user_id" not in client.session


def test_the_password_between_two_codes_does_not_clear_the_count(client, member):
    for _ in range(lockout.ACCOUNT.tolerated + 1):
        client.logout()
        enter_password(client)
        client.post(CODE, {"code": WRONG})

    client.logout()
    assert refused(enter_password(client))


@pytest.mark.parametrize(
    ("path", "field"),
    [("confirmer/", "password"), ("confirmer/code/", "code"), ("mot-de-passe/", "oldpassword")],
)
def test_a_session_found_open_does_not_let_one_guess(client, member, path, field):
    client.force_login(member)
    data = {"password1": "quatre mots pris au hasard", "password2": "quatre mots pris au hasard", field: WRONG}
    for _ in range(lockout.ACCOUNT.tolerated + 1):
        client.post(f"/gestion/compte/{path}", data)

    answer = client.post(f"/gestion/compte/{path}", data | {field: code() if field == "code" else PASSWORD})

    assert refused(answer)


def test_what_touches_safety_asks_for_a_proof_when_the_sign_in_is_old(client, newcomer, move_clock):
    enter_password(client, "nadia")
    assert client.get(ACTIVATION).status_code == 200
    move_clock(minutes=6)

    assert client.get(ACTIVATION).url.startswith("/gestion/compte/confirmer/")


def test_no_name_and_no_address_is_kept(client, member):
    guess(client)

    kept = str(list(FailedAttempts.objects.values()))
    assert "camille" not in kept
    assert "127.0.0" not in kept


def test_what_is_over_is_purged(client, member, move_clock):
    guess(client)
    move_clock(days=2)

    assert lockout.purge() == 2
    assert not FailedAttempts.objects.exists()

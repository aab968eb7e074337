"""How allauth works here: nobody signs up, whoever guesses waits, and the words are ours."""

from datetime import timedelta
from math import ceil
from secrets import token_urlsafe
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from staff import identity, lockout
from staff.sessions import started_at

WRONG_PASSWORD = "Ce nom d'utilisateur et ce mot de passe ne vont pas ensemble. Vérifiez les deux."  # noqa: S105
WRONG_CODE = "Ce code n'est pas le bon, ou il a déjà servi. Attendez le suivant dans votre application, et recopiez-le."


def locked(wait: timedelta) -> ValidationError:
    minutes = ceil(wait.total_seconds() / 60)
    duration = f"{minutes} minutes" if minutes > 1 else "une minute"
    return ValidationError(f"Il y a eu trop d'essais. Attendez {duration}, puis recommencez.", code="locked")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG_PASSWORD,
        "incorrect_password": "Ce mot de passe n'est pas le vôtre. Vérifiez-le.",
        "enter_current_password": "Ce mot de passe n'est pas le vôtre. Vérifiez-le.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Raises a `ValidationError` that says how long to wait, the same whether the account exists or not."""
        try:
            attempt = lockout.count_attempt(request, account=credentials["username"])
        except lockout.TooManyAttemptsError as refusal:
            raise locked(refusal.wait) from refusal
        user = super().authenticate(request, **credentials)
        if user:
            attempt.take_back()
        return user

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        lockout.forget(account=user.get_username())

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not of somebody who has just signed in."""
        since = timezone.now().timestamp() - started_at(self.request)
        return since > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Opens an existing account for whom the identity provider vouches; never creates one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def generate_state_param(self, state: dict[str, Any]) -> str:
        return token_urlsafe(32)  # ProConnect wants 32 characters at least

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Raises `ImmediateHttpResponse` with a page unless exactly one account of the staff is theirs."""
        if not constant_time_compare(sociallogin.state.get("nonce", ""), sociallogin.nonce):
            raise ImmediateHttpResponse(identity.failure(request))
        identity.remember(request, sociallogin.id_token, sociallogin.end_session_endpoint)
        user = identity.account_of(sociallogin)
        if user is None:
            raise ImmediateHttpResponse(identity.refusal(request))
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **details: Any) -> None:
        raise ImmediateHttpResponse(identity.failure(request, details.get("exception")))

"""Signing in through an identity provider (ProConnect): whose account it is, and the way out."""

import logging
from secrets import token_urlsafe
from urllib.parse import urlencode

from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

logger = logging.getLogger(__name__)

SESSION_KEY = "identity_provider"


def name() -> str:
    """How the button names the provider; empty when none is set."""
    return settings.OIDC_NAME if settings.OIDC_ISSUER else ""


def account_of(login: SocialLogin) -> AbstractBaseUser | None:
    """The account of the staff that this person may open, if there is exactly one.

    Found by its e-mail address, which the provider must have checked. The first time ties it to the provider's own
    identifier: another person who is later given the same address does not enter.
    """
    address = next((address for address in login.email_addresses if address.verified), None)
    if address is None or not address.email.isascii():  # beyond ASCII, letters of two addresses can look alike
        return None
    accounts = get_user_model().objects.filter(email__iexact=address.email, is_active=True, is_staff=True)
    if len(accounts) != 1:
        return None
    ties = SocialAccount.objects.filter(provider=login.account.provider)
    if login.is_existing:
        return accounts[0] if login.user == accounts[0] else None
    return None if ties.filter(user=accounts[0]).exists() else accounts[0]


def remember(request: HttpRequest, id_token: str, end_session_endpoint: str) -> None:
    """Keep what the way out needs."""
    request.session[SESSION_KEY] = {"id_token": id_token, "end_session_endpoint": end_session_endpoint}


def sign_out_address(request: HttpRequest) -> str:
    """Where the provider ends its own session, and sends back to our sign-in; empty when it opened none."""
    known = request.session.get(SESSION_KEY, {})
    if not known.get("end_session_endpoint"):
        return ""
    back = request.build_absolute_uri(reverse("account_login"))
    query = {"id_token_hint": known["id_token"], "post_logout_redirect_uri": back, "state": token_urlsafe(32)}
    return f"{known['end_session_endpoint']}?{urlencode(query)}"


def refusal(request: HttpRequest) -> HttpResponse:
    """The provider knows this person; we have no account for them."""
    context = {"name": name(), "way_out": sign_out_address(request), "contact_email": settings.CONTACT_EMAIL}
    request.session.pop(SESSION_KEY, None)
    return render(request, "socialaccount/refused.html", context, status=403)


def failure(request: HttpRequest, error: Exception | None = None, *, status: int = 400) -> HttpResponse:
    """The provider did not answer, or not as it should, which is noted; or the person gave up."""
    if error:
        logger.warning("The identity provider failed: %s: %s", type(error).__name__, error)
    return render(request, "socialaccount/failed.html", {"name": name()}, status=status)

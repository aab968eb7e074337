"""The identity provider, by OpenID Connect: allauth's client, stricter, and fit for ProConnect.

allauth finds `provider_classes` by the name of this module. Beyond what it does: a nonce, every signature verified, the
answer on the person read when it is a signed token, no parameter taken from the address, nothing kept of the person.
"""

from collections.abc import Callable
from typing import Any

import jwt
from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from requests import RequestException

from staff import identity

PROVIDER_ID = "oidc"
ALGORITHMS = ["RS256", "ES256", "PS256"]  # by the provider's public keys; never a shared secret, never none
CLOCK_DIFFERENCE = 30  # seconds


class IdentityProviderClient(OpenIDConnectOAuth2Adapter):
    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return request.build_absolute_uri(reverse("oidc_callback"))

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **answer: Any) -> SocialLogin:
        id_token = answer["response"]["id_token"]
        claims = self._verified(id_token)
        person = self._fetch_user_info(token.token)
        if person["sub"] != claims["sub"]:
            raise OAuth2Error("The answer is about somebody else")
        login = self.get_provider().sociallogin_from_response(request, person)
        login.nonce = claims.get("nonce", "")
        login.id_token = id_token
        login.end_session_endpoint = self.openid_config.get("end_session_endpoint", "")
        return login

    def _fetch_user_info(self, access_token: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            response = session.get(self.profile_url, headers={"Authorization": f"Bearer {access_token}"})
            response.raise_for_status()
        if response.headers.get("Content-Type", "").startswith("application/jwt"):
            return self._verified(response.text)
        return response.json()

    def _verified(self, token: str) -> dict[str, Any]:
        """What a token of the provider says. Raises `OAuth2Error` unless it is signed by it, for us, and valid now."""
        with get_adapter().get_requests_session() as session:
            response = session.get(self.openid_config["jwks_uri"])
            response.raise_for_status()
        try:
            name = jwt.get_unverified_header(token).get("kid")
            keys = jwt.PyJWKSet.from_dict(response.json()).keys
            # A provider that has one key need not name it.
            [key] = [key for key in keys if key.key_id == name or (name is None and len(keys) == 1)]
            return jwt.decode(
                token,
                key.key,
                algorithms=ALGORITHMS,
                audience=settings.OIDC_CLIENT_ID,
                issuer=self.openid_config["issuer"],
                leeway=CLOCK_DIFFERENCE,
            )
        except (jwt.PyJWTError, ValueError) as error:
            raise OAuth2Error("A token of the provider is not valid") from error


class IdentityProvider(OpenIDConnectProvider):
    id = PROVIDER_ID
    oauth2_adapter_class = IdentityProviderClient

    def get_login_url(self, request: HttpRequest, **options: Any) -> str:
        return reverse("oidc_login")

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        return {"process": AuthProcess.LOGIN, "next_url": get_next_redirect_url(request)}

    def redirect(self, request: HttpRequest, process: str, **options: Any) -> HttpResponse:
        nonce = get_random_string(43)
        return super().redirect(request, process, nonce=nonce, auth_params={"nonce": nonce}, **options)

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        verified = data.get("email_verified", settings.OIDC_TRUST_EMAIL) is True
        return [EmailAddress(email=data["email"], verified=verified, primary=True)] if data.get("email") else []


provider_classes = [IdentityProvider]


def _guarded(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Off without a provider; a provider that does not answer, or answers nonsense, gets a page."""

    @never_cache
    @require_safe
    def guarded(request: HttpRequest) -> HttpResponse:
        if not settings.OIDC_ISSUER:
            raise Http404
        try:
            return view(request)
        except (RequestException, KeyError, TypeError, ValueError):
            return identity.failure(request, status=502)

    return guarded


@_guarded
def sign_in(request: HttpRequest) -> HttpResponse:
    return OAuth2LoginView.adapter_view(IdentityProviderClient(request, PROVIDER_ID))(request)


@_guarded
def callback(request: HttpRequest) -> HttpResponse:
    return OAuth2CallbackView.adapter_view(IdentityProviderClient(request, PROVIDER_ID))(request)

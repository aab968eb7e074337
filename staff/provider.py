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
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from requests import RequestException, Response

from staff import identity

PROVIDER_ID = "oidc"
ALGORITHMS = ["RS256", "ES256", "PS256"]  # by the provider's public keys; never a shared secret, never none
CLOCK_DIFFERENCE = 30  # seconds
CONFIGURATION = ["issuer", "jwks_uri", "authorization_endpoint", "token_endpoint", "userinfo_endpoint"]


class IdentityProviderClient(OpenIDConnectOAuth2Adapter):
    """Reads every answer of the provider. Raises `OAuth2Error` or `RequestException` for one that is of no use."""

    @cached_property
    def openid_config(self) -> dict[str, Any]:
        return _checked(self._read(self.get_provider().server_url).json(), *CONFIGURATION)

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        return request.build_absolute_uri(reverse("oidc_callback"))

    def get_access_token_data(self, *arguments: Any, **options: Any) -> dict[str, Any]:
        try:
            answer = super().get_access_token_data(*arguments, **options)
        except (OAuth2Error, KeyError) as error:  # its text would quote the answer, and go to the logs
            raise OAuth2Error("The provider gave no token") from error
        return _checked(answer, "access_token", "id_token")

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        return SocialToken(token=data["access_token"])  # used at once, never kept: no matter until when it is good

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **answer: Any) -> SocialLogin:
        id_token = answer["response"]["id_token"]
        claims = self._verified(id_token, "sub", "exp", "iat")
        person = self._fetch_user_info(token.token)
        if person["sub"] != claims["sub"]:
            raise OAuth2Error("The answer is about somebody else")
        login = self.get_provider().sociallogin_from_response(request, person)
        login.nonce = claims.get("nonce", "")
        login.id_token = id_token
        login.end_session_endpoint = self.openid_config.get("end_session_endpoint", "")
        return login

    def _fetch_user_info(self, access_token: str) -> dict[str, Any]:
        response = self._read(self.profile_url, Authorization=f"Bearer {access_token}")
        if response.headers.get("Content-Type", "").startswith("application/jwt"):
            return self._verified(response.text, "sub")
        return _checked(response.json(), "sub")

    def _verified(self, token: str, *required: str) -> dict[str, Any]:
        """What a token of the provider says. Raises `OAuth2Error` unless it is signed by it, for us, and valid now."""
        known = self._read(self.openid_config["jwks_uri"]).json()
        try:
            name = jwt.get_unverified_header(token).get("kid")
            keys = jwt.PyJWKSet(known.get("keys", []) if isinstance(known, dict) else []).keys
            # A provider that has one key need not name it.
            [key] = [key for key in keys if key.key_id == name or (name is None and len(keys) == 1)]
            return jwt.decode(
                token,
                key.key,
                algorithms=ALGORITHMS,
                audience=settings.OIDC_CLIENT_ID,
                issuer=self.openid_config["issuer"],
                leeway=CLOCK_DIFFERENCE,
                options={"require": [*required]},
            )
        except (jwt.PyJWTError, ValueError) as error:
            raise OAuth2Error("A token of the provider is not valid") from error

    def _read(self, address: str, **headers: str) -> Response:
        with get_adapter().get_requests_session() as session:
            response = session.get(address, headers=headers)
            response.raise_for_status()
        return response


def _checked(answer: Any, *names: str) -> dict[str, Any]:
    """This answer, which has a text under each of these names. Raises `OAuth2Error` for any other."""
    missing = [name for name in names if not (isinstance(answer, dict) and isinstance(answer.get(name), str))]
    if missing:
        raise OAuth2Error(f"The provider did not say its {', '.join(missing)}")
    return answer


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

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[EmailAddress]:
        email = data.get("email")
        verified = data.get("email_verified", settings.OIDC_TRUST_EMAIL) is True
        return [EmailAddress(email=email, verified=verified, primary=True)] if email and isinstance(email, str) else []


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
        except (RequestException, OAuth2Error) as error:
            return identity.failure(request, error, status=502)

    return guarded


@_guarded
def sign_in(request: HttpRequest) -> HttpResponse:
    return OAuth2LoginView.adapter_view(IdentityProviderClient(request, PROVIDER_ID))(request)


@_guarded
def callback(request: HttpRequest) -> HttpResponse:
    return OAuth2CallbackView.adapter_view(IdentityProviderClient(request, PROVIDER_ID))(request)

"""The pages of the sign-in: allauth's, with what is ours around them."""

from typing import Any

from allauth.account.views import LoginView, LogoutView, PasswordChangeView
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from staff import identity, second_factor


class SignInView(LoginView):
    def get_context_data(self, **options: Any) -> dict[str, Any]:
        return super().get_context_data(identity_provider=identity.name(), **options)


class SignOutView(LogoutView):
    """Ends our session, then the one that the identity provider keeps for this site."""

    def post(self, *args: Any, **options: Any) -> HttpResponse:
        address = identity.sign_out_address(self.request)
        response = super().post(*args, **options)
        if not address:
            return response
        # Not a redirection: our policy refuses that a form ends on another site.
        return render(self.request, "account/logout_elsewhere.html", {"address": address, "name": identity.name()})


class ChangePasswordView(PasswordChangeView):
    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if not request.user.has_usable_password():  # type: ignore[union-attr]
            raise PermissionDenied  # signed in by the identity provider alone
        return super().dispatch(request, *args, **options)


class ActivateView(ActivateTOTPView):
    def form_valid(self, form: Form) -> HttpResponse:
        response = super().form_valid(form)
        second_factor.note_activation(self.request)
        return response


sign_in = SignInView.as_view()
sign_out = SignOutView.as_view()
change_password = login_required(ChangePasswordView.as_view())
activate = ActivateView.as_view()

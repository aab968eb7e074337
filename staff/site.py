"""The admin, behind the sign-in of the staff."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from staff import second_factor, views


class StaffSite(AdminSite):
    """No page opens without a second factor: `has_permission` guards every view that `admin_view` wraps."""

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and second_factor.is_proven(request)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Where Django sends whoever may not see a page: to the sign-in, or to what their account still lacks."""
        return secure_admin_login(self._complete)(request)

    def _complete(self, request: HttpRequest) -> HttpResponse:
        if self.has_permission(request):
            return redirect("admin:index")
        wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
        return redirect(f"{reverse('mfa_activate_totp')}?{urlencode({REDIRECT_FIELD_NAME: wanted})}")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return views.sign_out(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_change_password")

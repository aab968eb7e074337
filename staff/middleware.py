"""Ends the sessions of the staff that are over."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase

from staff import second_factor, sessions

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class StaffSessionMiddleware:
    """Ends a session that is too old, or that lacks the second factor that its account has had since.

    Acts below the admin's path only: elsewhere no session is ever read.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(f"/{settings.ADMIN_PATH}") and request.user.is_authenticated:
            if sessions.is_over(request) or second_factor.is_missed(request):
                logout(request)
                messages.info(request, "Votre session a pris fin. Connectez-vous à nouveau pour continuer.")
            else:
                sessions.note_request(request)
        return self.get_response(request)

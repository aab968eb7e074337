"""Who works here, behind the sign-in."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def person(request: HttpRequest) -> User:
    """Who asks. The admin lets nobody else in; what is written under a name needs one."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user

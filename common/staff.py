"""Who works here, behind the sign-in."""

from typing import TypeVar

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

Row = TypeVar("Row", bound=Model)
LONGEST_KEY = 18  # digits, as many as a column holds whatever they are


def person(request: HttpRequest) -> User:
    """Who asks. The admin lets nobody else in; what is written under a name needs one."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def by_key(rows: QuerySet[Row], typed: str) -> Row | None:
    """The row of this key, as an address or a form names it: anything may be typed there."""
    is_key = typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_KEY
    return rows.filter(pk=typed).first() if is_key else None


def by_key_or_404(rows: QuerySet[Row], typed: str) -> Row:
    """The row of this key. Raises `Http404` when there is none."""
    row = by_key(rows, typed)
    if row is None:
        raise Http404
    return row

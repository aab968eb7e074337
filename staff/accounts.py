"""Accounts made outside the admin: the first one of a portal, and those of the demonstration."""

import secrets

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction


@transaction.atomic
def create(username: str, *, role: str, email: str = "") -> str:
    """Make an account of the staff with one role. Returns its first password.

    Raises `ValidationError` for a name or an address that is malformed or taken, or a role that does not exist.
    """
    user_model = get_user_model()
    group = Group.objects.filter(name=role).first()
    if group is None:
        raise ValidationError("Ce rôle n'existe pas. Lancez d'abord create_roles.", code="unknown_role")
    if email and user_model.objects.filter(email__iexact=email).exists():
        raise ValidationError("Un autre compte a déjà cette adresse : donnez-en une autre.", code="email_taken")
    password = secrets.token_urlsafe(12)
    user = user_model(username=user_model.normalize_username(username), email=email, is_staff=True)
    user.set_password(password)
    user.full_clean()
    user.save()
    user.groups.add(group)
    return password

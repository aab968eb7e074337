"""Every write to the catalogue."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from errors_catalog.models import FrequentError


@transaction.atomic
def save_error(error: FrequentError, *, by: AbstractBaseUser) -> None:
    """Save what an editor wrote. A first publication is dated; a later one keeps its first date."""
    if error.status == FrequentError.Status.PUBLISHED and error.published_at is None:
        error.published_at = timezone.now()
    error._history_user = by  # type: ignore[attr-defined]  # read by django-simple-history
    error.save()

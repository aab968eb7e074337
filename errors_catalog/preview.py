"""Addresses that show an entry before it is public, to somebody without an account, for a week."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from errors_catalog.content import Content, as_written, content_of
from errors_catalog.models import EntryEvent, FrequentError, Proposal

LIFETIME = timedelta(days=7)
SALT = "errors_catalog.preview"


@dataclass(frozen=True)
class Preview:
    """An entry, what it would say, and until when the address shows it."""

    error: FrequentError
    content: Content
    until: datetime


def address_of(shown: FrequentError | Proposal | EntryEvent) -> str:
    """The whole address of a draft, of a proposal or of a past version."""
    token = signing.dumps([shown._meta.model_name, shown.pk, int(timezone.now().timestamp())], salt=SALT)
    return settings.SITE_URL + reverse("errors_catalog:preview", args=[token])


def read(token: str) -> Preview | None:
    """What an address shows; nothing when it is too old, was never given, or shows what no longer exists."""
    try:
        model, key, made = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    until = datetime.fromtimestamp(made, tz=timezone.get_current_timezone()) + LIFETIME
    if model == FrequentError._meta.model_name:
        error = FrequentError.objects.filter(pk=key).first()
        return Preview(error, content_of(error), until) if error else None
    owner = Proposal if model == Proposal._meta.model_name else EntryEvent
    kept = owner.objects.select_related("error").filter(pk=key).first()
    if isinstance(kept, Proposal) and kept.state in Proposal.OPEN:
        return Preview(kept.error, as_written(kept.error, kept), until)
    return Preview(kept.error, kept.content, until) if kept and kept.content else None

"""Where documents are kept: encrypted, under random names, outside any served path."""

from functools import cache

from django.conf import settings
from django.core.files.storage import storages

from common.encrypted_storage import EncryptedStorage


@cache
def documents() -> EncryptedStorage:
    """The storage named `documents` in the settings, behind the keys of `DOCUMENT_KEYS`."""
    return EncryptedStorage(storages["documents"], keys=settings.DOCUMENT_KEYS)

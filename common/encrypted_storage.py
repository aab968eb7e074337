"""Files encrypted at rest, under random names, in any storage that Django knows: a folder, or S3 by `django-storages`.

Fernet, the recipe of `cryptography`: authenticated, with rotation of keys, and no choice left to us. It works on a
whole file in memory and takes a third more room, which does not matter at ten megabytes.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage


class UnreadableFileError(Exception):
    """The stored bytes were changed, or the key that encrypted them is no longer listed."""


class PrivateFolderStorage(FileSystemStorage):
    """A folder that only the user of this process enters (0700, its files 0600): a backend for `STORAGES`."""

    def __init__(self, location: str | Path) -> None:
        super().__init__(location=location, file_permissions_mode=0o600)
        Path(location).mkdir(parents=True, exist_ok=True)
        Path(location).chmod(0o700)


class EncryptedStorage:
    """Whole files in, whole files out. What lies in `storage` tells nothing of a file but its size and its date.

    `keys` come from `Fernet.generate_key()`: the first encrypts, all decrypt. Raises `ValueError` when there is none,
    or one is malformed. The encryption does not bind a file to its name: whoever writes in the storage can swap two
    files, so compare with the digest noted at reception.
    """

    def __init__(self, storage: Storage, *, keys: Sequence[str]) -> None:
        ciphers = [Fernet(key) for key in keys]
        self._storage = storage
        self._all_keys = MultiFernet(ciphers)  # refuses an empty list
        self._first_key = ciphers[0]

    def save(self, content: bytes) -> str:
        """Store `content`, and return the name drawn for it."""
        return self._storage.save(uuid4().hex, ContentFile(self._all_keys.encrypt(content)))

    def open(self, name: str) -> bytes:
        """Raises `FileNotFoundError`, or `UnreadableFileError`."""
        return self._decrypted(self._stored(name))

    def delete(self, name: str) -> None:
        """Does nothing when the file is already gone."""
        self._storage.delete(name)

    def names(self) -> Iterator[str]:
        """The name of every file."""
        yield from self._storage.listdir("")[1]

    def written_at(self, name: str) -> datetime:
        """When this name was stored: a file that no row names yet may be a minute old. Raises `FileNotFoundError`."""
        return self._storage.get_modified_time(name)

    def rotate(self, name: str) -> str:
        """Return the name under which the first key opens this file: the same one when it already does.

        Otherwise it is a new copy's: the caller writes the new name down, then deletes the old one. A fault in between
        loses nothing and leaves one orphan. Raises as `open`.
        """
        stored = self._stored(name)
        try:
            self._first_key.decrypt(stored)
        except InvalidToken:
            return self.save(self._decrypted(stored))
        return name

    def _stored(self, name: str) -> bytes:
        with self._storage.open(name) as file:
            return file.read()

    def _decrypted(self, stored: bytes) -> bytes:
        try:
            return self._all_keys.decrypt(stored)
        except InvalidToken as error:
            raise UnreadableFileError("Ce fichier a été modifié, ou la clé qui l'a chiffré manque.") from error

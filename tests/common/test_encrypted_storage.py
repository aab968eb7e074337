"""In a folder, in the bucket of a real S3 server, and in memory: nothing may lean on files."""

import stat
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from django.utils import timezone

from common.bucket_storage import BucketStorage
from common.encrypted_storage import EncryptedStorage, PrivateFolderStorage, UnreadableFileError

LETTER = b"Madame, votre dossier est incomplet." * 100
OLD_KEY, NEW_KEY = Fernet.generate_key().decode(), Fernet.generate_key().decode()


@pytest.fixture
def folder(tmp_path) -> Storage:
    return PrivateFolderStorage(tmp_path / "documents")


@pytest.fixture
def memory() -> Storage:
    return InMemoryStorage()


@pytest.fixture
def bucket(s3_server) -> Storage:
    storage = BucketStorage(**s3_server.options)
    for name in storage.listdir("")[1]:
        storage.delete(name)
    return storage


@pytest.fixture(params=["folder", "memory", "bucket"])
def storage(request) -> Storage:
    return request.getfixturevalue(request.param)


@pytest.fixture
def files(storage) -> EncryptedStorage:
    return EncryptedStorage(storage, keys=[OLD_KEY])


def stored(storage: Storage, name: str) -> bytes:
    with storage.open(name) as file:
        return file.read()


@pytest.mark.parametrize("content", [b"", LETTER, bytes(range(256)) * 40_000], ids=["empty", "letter", "ten megabytes"])
def test_a_file_comes_back_as_it_went(files, content):
    assert files.open(files.save(content)) == content


def test_what_is_stored_holds_nothing_of_the_file(files, storage):
    assert b"dossier" not in stored(storage, files.save(LETTER))


def test_the_same_file_twice_looks_different(files, storage):
    assert stored(storage, files.save(LETTER)) != stored(storage, files.save(LETTER))


def test_a_name_is_drawn_at_random(files):
    first, second = files.save(LETTER), files.save(LETTER)

    assert first != second
    assert len(first) == len(second) == 32


@pytest.mark.parametrize("place", [0, 1, 20, 200, -1])
def test_a_changed_byte_is_refused(files, storage, place):
    name = files.save(LETTER)
    changed = bytearray(stored(storage, name))
    changed[place] = ord("A") if changed[place] != ord("A") else ord("B")
    storage.delete(name)
    storage.save(name, ContentFile(bytes(changed)))

    with pytest.raises(UnreadableFileError):
        files.open(name)


def test_a_file_cut_short_is_refused(files, storage):
    name = files.save(LETTER)
    half = stored(storage, name)[:1000]
    storage.delete(name)
    storage.save(name, ContentFile(half))

    with pytest.raises(UnreadableFileError):
        files.open(name)


def test_a_deleted_file_is_gone(files):
    name = files.save(LETTER)
    files.delete(name)

    with pytest.raises(FileNotFoundError):
        files.open(name)


def test_deleting_twice_is_not_an_error(files):
    name = files.save(LETTER)

    files.delete(name)
    files.delete(name)


def test_names_are_those_of_every_file(files):
    names = {files.save(LETTER) for _ in range(3)}

    assert set(files.names()) == names


def test_the_time_of_writing_is_known(files):
    assert timezone.now() - files.written_at(files.save(LETTER)) < timedelta(minutes=1)


def test_an_old_key_still_opens(files, storage):
    name = files.save(LETTER)

    assert EncryptedStorage(storage, keys=[NEW_KEY, OLD_KEY]).open(name) == LETTER


def test_a_withdrawn_key_opens_nothing(files, storage):
    name = files.save(LETTER)

    with pytest.raises(UnreadableFileError):
        EncryptedStorage(storage, keys=[NEW_KEY]).open(name)


def test_a_rotated_file_opens_with_the_first_key_alone(files, storage):
    name = EncryptedStorage(storage, keys=[NEW_KEY, OLD_KEY]).rotate(files.save(LETTER))

    assert EncryptedStorage(storage, keys=[NEW_KEY]).open(name) == LETTER


def test_rotation_leaves_the_old_copy_until_it_is_deleted(files, storage):
    old = files.save(LETTER)
    new = EncryptedStorage(storage, keys=[NEW_KEY, OLD_KEY]).rotate(old)

    assert set(files.names()) == {old, new}


def test_a_file_under_the_first_key_is_not_rotated_again(files):
    name = files.save(LETTER)

    assert files.rotate(name) == name


def test_rotation_refuses_a_file_it_cannot_open(files, storage):
    name = files.save(LETTER)

    with pytest.raises(UnreadableFileError):
        EncryptedStorage(storage, keys=[NEW_KEY]).rotate(name)


@pytest.mark.parametrize("keys", [[], ["trop-court"], [OLD_KEY, ""]])
def test_missing_or_malformed_keys_stop_the_start(keys):
    with pytest.raises(ValueError):  # noqa: PT011  # the wording is the library's
        EncryptedStorage(InMemoryStorage(), keys=keys)


def test_only_its_owner_enters_the_folder(tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir(mode=0o755)
    name = EncryptedStorage(PrivateFolderStorage(folder), keys=[OLD_KEY]).save(LETTER)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600

"""A bucket of an S3 service, as a backend for `STORAGES`. Needs the optional packages: `pip install .[s3]`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile, File
from storages.backends.s3 import S3Storage

# Seconds, and few tries: a person waits for the answer, and the worker tries again by itself. Services other than
# Amazon's do not all know the newest checksums, and name the bucket in the path.
CLIENT = Config(
    connect_timeout=3,
    read_timeout=10,
    retries={"total_max_attempts": 2},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
    s3={"addressing_style": "path"},
)


class BucketStorage(S3Storage):
    """Whole files, whose names are drawn at random by who saves them. A service that fails raises `OSError`."""

    def __init__(self, **options: Any) -> None:
        # A random name is free: asking first would cost a request.
        super().__init__(**options, client_config=CLIENT, file_overwrite=True, default_acl=None)

    def _save(self, name: str, content: File) -> str:
        with _as_os_error():
            return super()._save(name, content)

    def _open(self, name: str, mode: str = "rb") -> File:
        with _as_os_error(), super()._open(name, mode) as file:
            return ContentFile(file.read())

    def delete(self, name: str) -> None:
        with _as_os_error():
            super().delete(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with _as_os_error():
            return super().listdir(name)

    def get_modified_time(self, name: str) -> datetime:
        with _as_os_error():
            return super().get_modified_time(name)


@contextmanager
def _as_os_error() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        raise (FileNotFoundError if code in ("404", "NoSuchKey") else OSError)(f"S3: {code}") from None
    except (BotoCoreError, Boto3Error) as error:
        raise OSError(f"S3: {type(error).__name__}") from None

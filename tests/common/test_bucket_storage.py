"""A bucket that fails: every failure is one that the portal knows how to answer."""

import pytest
from django.core.files.base import ContentFile

from common.bucket_storage import BucketStorage
from tests.s3 import S3


@pytest.mark.parametrize(
    "gesture",
    [
        lambda bucket: bucket.save("a", ContentFile(b"a")),
        lambda bucket: bucket.open("a"),
        lambda bucket: bucket.delete("a"),
        lambda bucket: bucket.listdir(""),
        lambda bucket: bucket.get_modified_time("a"),
    ],
    ids=["save", "open", "delete", "list", "date"],
)
@pytest.mark.parametrize(
    "wrong", [{"secret_key": "x"}, {"bucket_name": "other"}, {"endpoint_url": "http://127.0.0.1:9"}]
)
def test_a_service_that_refuses_is_an_error_of_the_system(s3_server: S3, gesture, wrong):
    with pytest.raises(OSError, match="S3: "):
        gesture(BucketStorage(**s3_server.options | wrong))


def test_nothing_of_the_secret_is_said_of_a_failure(s3_server: S3):
    with pytest.raises(OSError) as failure:  # noqa: PT011  # its words are what is tested
        BucketStorage(**s3_server.options | {"secret_key": "canari"}).save("a", ContentFile(b"a"))

    assert "canari" not in str(failure.value)


def test_a_file_that_is_gone_is_told_from_a_service_that_fails(s3_server: S3):
    with pytest.raises(FileNotFoundError):
        BucketStorage(**s3_server.options).open("gone")

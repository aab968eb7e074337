"""What the tests of the floor lean on."""

from tests.clamd import clamd
from tests.s3 import s3_server

__all__ = ["clamd", "s3_server"]

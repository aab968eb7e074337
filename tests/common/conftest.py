"""What the tests of the floor lean on."""

from tests.clamd import clamd

__all__ = ["clamd"]

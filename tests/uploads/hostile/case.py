"""What a hostile file is, and the bricks that several are made of."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

# The harmless text by which antiviruses are tested, in two halves: this file must not be one that they stop.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MZ = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200)
CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
SCRIPT = b"<script>alert(1)</script>"
BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><x><t>&j;</t></x>"
)
OUTSIDE_ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x><t>&a;</t></x>'
ZEROS = bytes(1_000_000)


@dataclass(frozen=True)
class Case:
    """`expected` is "accepted", the finding for which the file is held, or the code of its refusal.

    A file that passes but cannot be `shown` is said unreadable by the worker: nobody sees anything of it.
    """

    name: str
    expected: str
    make: Callable[[], bytes]
    shown: bool = True


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


@lru_cache
def zeros(megabytes: int) -> bytes:
    """So many megabytes of zeros, compressed, without ever holding them."""
    packer = zlib.compressobj(1)
    return b"".join(packer.compress(ZEROS) for _ in range(megabytes)) + packer.flush()

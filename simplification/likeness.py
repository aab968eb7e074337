"""Recognises the same letter sent by several people: names, dates and amounts differ, the words do not."""

import re
from hashlib import blake2b
from itertools import pairwise

WORD = re.compile(r"[^\W\d_]{3,}")
FEWEST_WORDS = 30  # a shorter text is like too many others
BITS = 64
ALIKE = 8  # bits that may differ


def fingerprint(text: str) -> int | None:
    """A simhash of the pairs of words, as a signed 64-bit integer; nothing for a text too short to tell.

    Texts alike have fingerprints that differ by few bits (Charikar, 2002).
    """
    words = [word.lower() for word in WORD.findall(text)]
    if len(words) < FEWEST_WORDS:
        return None
    weights = [0] * BITS
    for pair in set(pairwise(words)):
        digest = int.from_bytes(blake2b(" ".join(pair).encode(), digest_size=BITS // 8).digest())
        for bit in range(BITS):
            weights[bit] += 1 if digest >> bit & 1 else -1
    unsigned = sum(1 << bit for bit in range(BITS) if weights[bit] > 0)
    return unsigned - (1 << BITS) if unsigned >= 1 << (BITS - 1) else unsigned

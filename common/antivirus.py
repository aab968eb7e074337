"""Asks a clamd, ClamAV's daemon, about a file: its INSTREAM command, over TCP or a Unix socket.

Not the `clamav-client` package: its time-out is for each packet, so that a clamd which trickles holds a worker for
ever; on a Unix socket it loses the answer to a stream that is too large; and it is under the GPL.
"""

import re
import socket
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

CHUNK_SIZE = 256 * 1024  # must be below clamd's StreamMaxLength
MAX_ANSWER = 4096


class Outcome(StrEnum):
    """What clamd found: asking again about the same file gives the same answer.

    Only `CLEAN` may be opened, and only a file whose unpacked size was checked before: clamd looks at the first 100 MB
    of a member of an archive (its MaxFileSize) and says nothing of the rest.
    """

    CLEAN = "clean"
    INFECTED = "infected"
    ENCRYPTED = "encrypted"  # a password hides the content (needs clamd's AlertEncrypted)
    TOO_LARGE = "too_large"  # above StreamMaxLength, or more to unpack than clamd does (needs AlertExceedsMax)


@dataclass(frozen=True)
class Verdict:
    """`signature` is clamd's own name of what it found, empty for a clean file."""

    outcome: Outcome
    signature: str = ""


class Unavailable(Exception):  # noqa: N818  # a state that passes: the same file is to be tried again later
    """No verdict: clamd is down, hung, refuses the connection, or answers something else than a verdict."""


class TooSlow(Unavailable):
    """The exchange did not end in time: because of clamd, or of a file that takes long to look at."""


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


def scan(file: Readable, *, address: str, timeout: float = 10) -> Verdict:
    """Give the verdict of the clamd at `address` on a file, read from where it stands.

    `address` is `host:port`, or the path of a Unix socket. `timeout`, in seconds, bounds the whole exchange once the
    host's name is resolved. Raises `Unavailable`, also for an empty or malformed address: no file is clean by mistake.
    """
    deadline = time.monotonic() + timeout
    try:
        with _connect(address, timeout) as connection:
            try:
                for packet in _packets(file):
                    _allow_until(deadline, connection)
                    connection.sendall(packet)
            except ConnectionError:
                pass  # clamd hung up before the end, as it does above StreamMaxLength: its answer says why
            return _verdict(_answer(connection, deadline))
    except TimeoutError as error:
        raise TooSlow("L'antivirus n'a pas répondu à temps.") from error
    except OSError as error:
        raise Unavailable(f"L'antivirus ne répond pas : {error}") from error


def answers(address: str, *, timeout: float = 2) -> bool:
    """Whether a clamd listens at `address`, and is not hung."""
    try:
        with _connect(address, timeout) as connection:
            connection.sendall(b"zPING\0")
            return connection.recv(MAX_ANSWER) == b"PONG\0"
    except (OSError, Unavailable):
        return False


def _connect(address: str, timeout: float) -> socket.socket:
    if "/" in address:
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(timeout)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = address.rpartition(":")
    if not (host and port.isdecimal() and int(port) < 65536):
        raise Unavailable(f"« {address} » n'est pas l'adresse d'un antivirus.")
    return socket.create_connection((host.strip("[]"), int(port)), timeout)


def _packets(file: Readable) -> Iterator[bytes]:
    yield b"zINSTREAM\0"
    while chunk := file.read(CHUNK_SIZE):
        yield struct.pack("!L", len(chunk)) + chunk
    yield struct.pack("!L", 0)


def _allow_until(deadline: float, connection: socket.socket) -> None:
    remaining = deadline - time.monotonic()
    if remaining <= 0:
        raise TimeoutError("timed out")
    connection.settimeout(remaining)


def _answer(connection: socket.socket, deadline: float) -> str:
    answer = b""
    while not answer.endswith(b"\0"):
        _allow_until(deadline, connection)
        received = connection.recv(MAX_ANSWER)
        answer += received
        if not received or len(answer) > MAX_ANSWER:
            raise Unavailable(f"L'antivirus n'a pas fini sa réponse : {answer[:100]!r}")
    return answer[:-1].decode(errors="replace")


def _verdict(answer: str) -> Verdict:
    if answer == "stream: OK":
        return Verdict(Outcome.CLEAN)
    if answer == "INSTREAM size limit exceeded. ERROR":
        return Verdict(Outcome.TOO_LARGE, "INSTREAM size limit exceeded")
    found = re.fullmatch("stream: (.+) FOUND", answer)
    if not found:
        raise Unavailable(f"L'antivirus n'a pas rendu de verdict : {answer[:100]!r}")
    signature = found[1]
    if signature.startswith("Heuristics.Encrypted."):
        return Verdict(Outcome.ENCRYPTED, signature)
    if signature.startswith("Heuristics.Limits.Exceeded"):
        return Verdict(Outcome.TOO_LARGE, signature)
    return Verdict(Outcome.INFECTED, signature)

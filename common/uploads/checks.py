"""What a file is by its content, or why it cannot be taken."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from common.uploads import kinds, sandbox
from common.uploads.limits import LIMITS
from common.uploads.names import safe_name
from common.uploads.refusals import Refused
from common.uploads.results import CheckedFile, Finding

LEAST_TIME = 1  # second: in less, a process hardly starts


def check(source: bytes | Path, name: str, *, seconds: float = LIMITS.check_time) -> CheckedFile:
    """The file as it may be taken, active content included: `findings` says what the original holds.

    Answers within `seconds`, which the files of one sending share. Raises `Refused`, or `sandbox.SandboxUnavailable`
    when nothing could be checked, which is not the sender's doing.
    """
    data = read(source)
    kind = kinds.recognise(data)
    if seconds < LEAST_TIME:
        raise Refused("too_slow")
    try:
        answer, _ = sandbox.ask("inspect", kind, data, seconds=seconds)
        findings = frozenset(map(Finding, answer["findings"]))
    except sandbox.SandboxTooSlow as failure:
        raise Refused("too_slow") from failure
    except (sandbox.SandboxFailed, ValueError, KeyError, TypeError) as failure:
        raise Refused("unreadable") from failure
    return CheckedFile(
        name=safe_name(name, kind), kind=kind, size=len(data), sha256=sha256(data).hexdigest(), findings=findings
    )


def check_sending(sizes: Sequence[int]) -> None:
    """Raise `Refused` when files of these sizes are too many, or too heavy, to be sent together."""
    if len(sizes) > LIMITS.files:
        raise Refused("too_many_files")
    if sum(sizes) > LIMITS.sending_size:
        raise Refused("sending_too_big")


def read(source: bytes | Path) -> bytes:
    """The bytes of the file, of which no more is read than may be sent."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            source = file.read(LIMITS.file_size + 1)
    if not source:
        raise Refused("empty")
    if len(source) > LIMITS.file_size:
        raise Refused("too_big")
    return source

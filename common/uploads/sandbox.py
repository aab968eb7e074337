"""Asks a confined process about a file, and believes nothing of its answer but the shape."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

from common.uploads.confinement import READY
from common.uploads.refusals import Refused

ROOT = Path(__file__).parents[2]


class SandboxFailed(Exception):  # noqa: N818
    """The process died of the file: a limit, a deadline, a crash, an answer that is none."""


class SandboxTooSlow(SandboxFailed):
    """The process did not answer in time: because of the file, or of all that the machine does."""


class SandboxUnavailable(Exception):  # noqa: N818
    """The process did not start; it says why. The file, which it did not read, is not the cause: try again later."""


def run(action: str, subject: str, data: bytes, *, seconds: float) -> bytes:
    """What the worker answers within `seconds`. The file and the answer stay in memory, never on a disk."""
    command = [sys.executable, "-X", "utf8", "-m", "common.uploads.worker", action, subject]
    failure: type[SandboxFailed] | None
    with (
        tempfile.TemporaryDirectory() as empty,
        _in_memory(data) as source,
        _in_memory() as output,
        _in_memory() as errors,
    ):
        try:
            subprocess.run(
                [*command, empty],
                cwd=ROOT,
                env={},
                stdin=source,
                stdout=output,
                stderr=errors,
                timeout=seconds,
                check=True,
            )
            failure = None
        except subprocess.TimeoutExpired:
            failure = SandboxTooSlow
        except (subprocess.SubprocessError, OSError):
            failure = SandboxFailed
        _, ready, answer = _content(output).partition(READY)
        if not ready and failure is not SandboxTooSlow:
            raise SandboxUnavailable(_content(errors).decode(errors="replace"))
    if failure:
        raise failure
    return answer


def ask(action: str, subject: str, data: bytes, *, seconds: float) -> tuple[dict[str, Any], bytes]:
    """The worker's answer: what it says, then bytes. Raises `Refused` when it refuses the file."""
    line, _, body = run(action, subject, data, seconds=seconds).partition(b"\n")
    try:
        answer = json.loads(line)
        refusal = Refused(answer["refused"]) if "refused" in answer else None
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise SandboxFailed from error
    if refusal:
        raise refusal
    return answer, body


def _in_memory(data: bytes = b"") -> IO[bytes]:
    file = os.fdopen(os.memfd_create("upload"), "w+b", buffering=0)
    file.write(data)
    file.seek(0)
    return file


def _content(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()

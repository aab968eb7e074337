"""What a process can no longer do once it is confined."""

import subprocess
import sys

import pytest

from common.uploads import sandbox
from common.uploads.checks import check
from common.uploads.refusals import Refused
from tests.uploads.documents import pdf

PROBE = """
import os, socket, sys
from common.uploads.confinement import confine
confine(sys.argv[1], seconds=1)
try:
    {gesture}
except (OSError, MemoryError, ValueError):
    print("refused", end="")
else:
    print("done", end="")
"""


# Another process of the same user, which lets itself be read as ordinary ones do: the web server, the worker.
READ_ANOTHER = """
import ctypes, os, sys
from common.uploads.confinement import NOBODY, confine

libc = ctypes.CDLL(None)
address = ctypes.create_string_buffer(b"secret")
room = ctypes.create_string_buffer(6)
ready, tell = os.pipe()
end, stay = os.pipe()
other = os.fork()
if other == 0:
    os.close(stay)
    if os.geteuid() == 0:
        os.setgroups([]); os.setgid(NOBODY); os.setuid(NOBODY)
    libc.prctl(4, 1, 0, 0, 0)  # PR_SET_DUMPABLE, which a change of user had taken away
    os.write(tell, b"x")
    os.read(end, 1)
    os._exit(0)
os.read(ready, 1)
def vector(buffer):
    return (ctypes.c_void_p * 2)(ctypes.addressof(buffer), 6)
confine(sys.argv[1], seconds=1)
libc.process_vm_readv(other, vector(room), 1, vector(address), 1, 0)
print("done" if room.raw == b"secret" else "refused", end="")
"""


def attempt(gesture: str, directory) -> str:
    """What happens to a confined process that tries this."""
    return run(PROBE.format(gesture=gesture), directory)


def run(program: str, directory) -> str:
    process = subprocess.run(
        [sys.executable, "-c", program, str(directory)],
        cwd=sandbox.ROOT, env={}, capture_output=True, text=True, check=False, timeout=20,
    )  # fmt: skip
    return process.stdout


@pytest.mark.parametrize(
    "gesture",
    [
        "open('/etc/passwd')",
        "open('trace', 'w')",
        "os.listdir('/')",
        "socket.socket()",
        "socket.create_connection(('127.0.0.1', 80))",
        "os.pipe()",
        "os.fork()",
        "os.execv('/bin/echo', ['echo', 'done'])",
        "bytearray(2_000_000_000)",
        "__import__('resource').setrlimit(7, (100, 100))",
    ],
)
def test_confined_process_can_do_nothing_else(gesture, tmp_path):
    assert attempt(gesture, tmp_path) in {"refused", ""}
    assert list(tmp_path.iterdir()) == []


def test_confined_process_reads_no_memory_but_its_own(tmp_path):
    assert run(READ_ANOTHER, tmp_path) == "refused"


def test_confined_process_is_stopped_when_it_computes_for_too_long(tmp_path):
    assert attempt("while True: pass", tmp_path) == ""


def test_process_that_does_not_start_is_no_fault_of_the_file(monkeypatch, tmp_path):
    monkeypatch.setattr(sandbox, "ROOT", tmp_path)

    with pytest.raises(sandbox.SandboxUnavailable, match="No module named 'common'"):
        check(pdf(), "lettre.pdf")


def test_machine_that_cannot_start_a_process_is_no_fault_of_the_file(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    with pytest.raises(sandbox.SandboxUnavailable):
        check(pdf(), "lettre.pdf")


@pytest.mark.parametrize("answer", [b"", b"[]\n", b'{"findings": ["unknown"]}\n', b'{"findings": 3}\n'])
def test_check_believes_no_odd_answer(monkeypatch, answer):
    monkeypatch.setattr(sandbox, "run", lambda *_, **__: answer)

    with pytest.raises(Refused, match="unreadable"):
        check(pdf(), "lettre.pdf")


def test_documents_are_not_written_to_the_disk(monkeypatch, tmp_path):
    """The worker's folder, the only one made, is empty all along and gone at the end."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)

    check(pdf(), "lettre.pdf")

    assert list(tmp_path.iterdir()) == []

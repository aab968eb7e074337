"""A real clamd for the tests, which knows one signature: EICAR, the harmless file that antiviruses agree to detect.

A `conftest.py` that needs it imports the fixture: `from tests.clamd import clamd`.
"""

import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
STREAM_MAX_LENGTH = 30 * 1024 * 1024
SECONDS_TO_START = 60

CONFIGURATION = """\
Foreground yes
DatabaseDirectory {folder}/database
TCPSocket {port}
TCPAddr 127.0.0.1
LocalSocket {folder}/socket
StreamMaxLength 30M
AlertExceedsMax yes
AlertEncrypted yes
"""


class Clamd:
    """One clamd at `address` (TCP) and at `socket_path` (Unix), which stay the same when it is stopped and started."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.address = f"127.0.0.1:{self.port}"
        self.socket_path = str(folder / "socket")
        self.configuration = folder / "clamd.conf"
        self.configuration.write_text(CONFIGURATION.format(folder=folder, port=self.port))
        self.log = folder / "clamd.log"
        database = folder / "database"
        database.mkdir()
        (database / "local.ndb").write_text(f"Local.Test.Eicar:0:*:{EICAR.hex()}\n")

    def start(self) -> None:
        """Return once it answers, three seconds later or so."""
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [program(), "--config-file", str(self.configuration)], stdout=log, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + SECONDS_TO_START
        while not self.answers():
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(0.05)
            assert self.process.returncode is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()

    def answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
            connection.sendall(b"zPING\0")
            return connection.recv(16) == b"PONG\0"
        return False

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()

    @contextmanager
    def hung(self) -> Iterator[None]:
        """It accepts connections and answers nothing, until the end of the block."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    @contextmanager
    def down(self) -> Iterator[None]:
        """It refuses connections, and starts again at the end of the block."""
        self.stop()
        try:
            yield
        finally:
            self.start()


def program() -> str:
    """Debian keeps it where only root looks for programs."""
    return shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin") or ""


@contextmanager
def clamd_server() -> Iterator[Clamd]:
    with tempfile.TemporaryDirectory(prefix="clamd-") as folder:  # short: the path of a socket has 107 bytes at most
        server = Clamd(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


@pytest.fixture(scope="session")
def clamd() -> Iterator[Clamd]:
    if not program():
        pytest.skip("clamd is not installed")
    with clamd_server() as server:
        yield server

"""Against a real clamd (see `tests/clamd.py`)."""

import io
import socket
import struct
import time
import zipfile
from email.message import EmailMessage
from threading import Thread

import pytest

from common import antivirus
from common.antivirus import Outcome, Unavailable, Verdict
from tests.clamd import EICAR, STREAM_MAX_LENGTH

INFECTED = Verdict(Outcome.INFECTED, "Local.Test.Eicar.UNOFFICIAL")


def archive(name: str, content: bytes) -> bytes:
    """A zip, which is also what a DOCX is."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as members:
        members.writestr("[Content_Types].xml", "<Types/>")
        members.writestr(name, content)
    return file.getvalue()


def message(attachment: bytes) -> bytes:
    mail = EmailMessage()
    mail["Subject"] = "Courrier reçu"
    mail.set_content("Voici le courrier.")
    mail.add_attachment(attachment, maintype="application", subtype="octet-stream", filename="courrier.pdf")
    return mail.as_bytes()


def locked(zipped: bytes) -> bytes:
    """The same archive, said to need a password by the flags of each member."""
    content = bytearray(zipped)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = content.find(mark)
        while start >= 0:
            content[start + offset] |= 1
            start = content.find(mark, start + 4)
    return bytes(content)


def scan(content: bytes, address: str, timeout: float = 10) -> Verdict:
    return antivirus.scan(io.BytesIO(content), address=address, timeout=timeout)


@pytest.mark.parametrize("content", [b"", b"Bonjour", b"\0" * 10_000_000], ids=["empty", "short", "ten megabytes"])
def test_a_harmless_file_is_clean(clamd, content):
    assert scan(content, clamd.address) == Verdict(Outcome.CLEAN)


@pytest.mark.parametrize(
    "content",
    [EICAR, archive("word/document.xml", EICAR), archive("a.zip", archive("b.txt", EICAR)), message(EICAR)],
    ids=["bare", "docx", "zip in a zip", "eml"],
)
def test_a_virus_is_found_however_wrapped(clamd, content):
    assert scan(content, clamd.address) == INFECTED


def test_a_virus_is_found_over_a_unix_socket(clamd):
    assert scan(EICAR, clamd.socket_path) == INFECTED


def test_a_virus_is_found_across_two_packets(clamd):
    assert scan(b" " * (antivirus.CHUNK_SIZE - 30) + EICAR, clamd.address) == INFECTED


def test_a_password_is_told_from_a_virus(clamd):
    assert scan(locked(archive("lettre.txt", b"Bonjour")), clamd.address).outcome == Outcome.ENCRYPTED


@pytest.mark.parametrize("way", ["address", "socket_path"])
def test_a_file_above_the_limit_of_the_stream_is_too_large(clamd, way):
    assert scan(b"\0" * (2 * STREAM_MAX_LENGTH), getattr(clamd, way)).outcome == Outcome.TOO_LARGE


def test_an_archive_too_deep_to_be_examined_is_too_large(clamd):
    content = EICAR
    for _ in range(25):
        content = archive("inside.zip", content)

    assert scan(content, clamd.address) == Verdict(Outcome.TOO_LARGE, "Heuristics.Limits.Exceeded.MaxRecursion")


@pytest.mark.parametrize("way", ["address", "socket_path"])
def test_a_hung_antivirus_is_waited_for_no_longer_than_said(clamd, way):
    started = time.monotonic()
    with clamd.hung(), pytest.raises(Unavailable):
        scan(b"\0" * 20_000_000, getattr(clamd, way), timeout=0.5)

    assert time.monotonic() - started < 5


def test_an_antivirus_that_wakes_up_gives_its_verdict(clamd):
    with clamd.hung(), pytest.raises(Unavailable):
        scan(EICAR, clamd.address, timeout=0.1)

    assert scan(EICAR, clamd.address) == INFECTED


@pytest.mark.parametrize("way", ["address", "socket_path"])
def test_an_antivirus_that_is_down_is_unavailable(clamd, way):
    with clamd.down(), pytest.raises(Unavailable):
        scan(b"Bonjour", getattr(clamd, way))


@pytest.mark.parametrize("address", ["", "/run/no/such.ctl", "localhost", "127.0.0.1:", "127.0.0.1:70000", ":3310"])
def test_no_file_is_clean_at_an_address_where_nobody_answers(address):
    with pytest.raises(Unavailable):
        scan(b"Bonjour", address, timeout=1)


@pytest.mark.parametrize("way", ["address", "socket_path"])
def test_an_antivirus_that_works_is_told_from_one_that_does_not(clamd, way):
    address = getattr(clamd, way)

    assert antivirus.answers(address)
    with clamd.hung():
        assert not antivirus.answers(address, timeout=0.1)
    assert not antivirus.answers("127.0.0.1:9")
    assert not antivirus.answers("nowhere")


@pytest.mark.parametrize(
    "answer",
    [b"", b"stream: OK", b"HTTP/1.1 400 Bad Request\r\n\r\n\0", b"x" * 10_000, b"stream: lstat() failed. ERROR\0"],
    ids=["nothing", "unfinished", "not a clamd", "endless", "error"],
)
def test_an_answer_that_is_no_verdict_is_no_verdict(answer):
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=answer_once, args=(server, answer)).start()

        with pytest.raises(Unavailable):
            scan(b"Bonjour", "{}:{}".format(*server.getsockname()), timeout=5)


def test_an_antivirus_that_trickles_is_waited_for_no_longer_than_said():
    """Each byte comes in time, the whole does not."""
    started = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as server:
        Thread(target=trickle, args=(server,)).start()

        with pytest.raises(Unavailable):
            scan(b"Bonjour", "{}:{}".format(*server.getsockname()), timeout=0.5)

    assert time.monotonic() - started < 5


def receive(connection: socket.socket) -> None:
    with connection.makefile("rb") as stream:
        stream.read(len(b"zINSTREAM\0"))
        while size := struct.unpack("!L", stream.read(4))[0]:
            stream.read(size)


def answer_once(server: socket.socket, answer: bytes) -> None:
    connection, _ = server.accept()
    with connection:
        receive(connection)
        connection.sendall(answer)


def trickle(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        receive(connection)
        connection.settimeout(0.1)  # what paces it: nothing more is received
        while True:
            try:
                connection.sendall(b".")
                if not connection.recv(1):
                    return
            except TimeoutError:
                continue
            except OSError:
                return

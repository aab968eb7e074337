"""What `manage.py demo` prepares before it serves: files, accounts, and the lock that keeps it alone."""

import fcntl
import hashlib
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import CommandError

from common import antivirus
from common.demo_environment import LOCAL_DIR
from oups import roles
from staff import accounts

ACCOUNTS = {
    "redacteur": "rédacteur",
    "relecteur": "relecteur",
    "simplification": "équipe simplification",
    "administrateur": "administrateur",
    "auditeur": "auditeur",
}
ACCOUNTS_FILE = LOCAL_DIR / "comptes.txt"
APPLICATION = "oups.wsgi:application"
WORKER = "worker"
LOCAL_ANTIVIRUSES = ["/run/clamav/clamd.ctl", "127.0.0.1:3310"]  # where Debian's clamav-daemon listens, and others


@contextmanager
def alone(port: int) -> Iterator[None]:
    """Hold the demonstration's lock. The system releases it with the process, however it ends.

    Raises `CommandError` when another demonstration runs from this folder, or when the port is taken.
    """
    with (LOCAL_DIR / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            address = lock.read().strip() or "une autre adresse"
            raise CommandError(f"Le portail tourne déjà depuis ce dossier : {address}. Arrêtez-le d'abord.") from error
        stop_leftover_servers()
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise CommandError(
                    f"Le port {port} est déjà pris. Choisissez-en un autre : make run PORT={port + 1}"
                ) from error
        lock.truncate(0)
        lock.write(f"http://127.0.0.1:{port}")
        lock.flush()
        yield


def is_ours(command: list[str]) -> bool:
    """Whether a process of this folder is the web server or the worker, and not some program told about a worker."""
    return APPLICATION in command or {"manage.py", WORKER} <= set(command)


def stop_leftover_servers() -> None:
    """Stop the web server and the worker that a killed demonstration of this folder left. Call it under the lock."""
    for process in psutil.process_iter():
        try:
            if is_ours(process.cmdline()) and process.cwd() == str(settings.BASE_DIR):
                process.kill()
                process.wait(timeout=5)
        except psutil.Error:  # it ended meanwhile, or is somebody else's
            continue


def wait_until_it_listens(server: subprocess.Popen[bytes], port: int) -> None:
    """Return once the web server answers on the port, or has ended."""
    while server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


def prepare_static_files() -> None:
    """Build and collect the static files, when a source changed since the last time."""
    stamp = LOCAL_DIR / "static.fingerprint"
    fingerprint = _fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint and settings.STATIC_ROOT.is_dir():
        return
    stamp.unlink(missing_ok=True)
    call_command("build_dsfr", verbosity=0)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(fingerprint)


def _fingerprint() -> str:
    """What the static files are made from: our own files, the locked packages, and the build itself."""
    sources = [
        *sorted((settings.BASE_DIR / "static").rglob("*.*")),
        settings.BASE_DIR / "requirements.txt",
        settings.BASE_DIR / "common" / "design_system.py",
    ]
    digest = hashlib.sha256()
    for path in sources:
        digest.update(str(path.relative_to(settings.BASE_DIR)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def create_accounts() -> None:
    """Create the roles and one account for each; new passwords go to a file that only the owner reads."""
    roles.create_roles()
    user_model = get_user_model()
    lines = []
    for username, role in ACCOUNTS.items():
        if user_model.objects.filter(username=username).exists():
            continue
        password = accounts.create(username, role=role)
        lines.append(f"{username:<15} {password}   ({role})\n")
    if lines:
        descriptor = os.open(ACCOUNTS_FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.writelines(lines)


def accounts_text() -> str:
    return ACCOUNTS_FILE.read_text(encoding="utf-8") if ACCOUNTS_FILE.exists() else ""


def antivirus_address() -> str:
    """The clamd of the settings, or else one that runs on this machine; nothing when there is none."""
    return settings.CLAMD_ADDRESS or next(filter(antivirus.answers, LOCAL_ANTIVIRUSES), "")


def uses_embedded_database(socket_directory: Path) -> bool:
    """Whether the settings point at the server of this folder rather than at a `DATABASE_URL` of the reader's own."""
    return settings.DATABASES["default"]["OPTIONS"].get("host") == str(socket_directory)

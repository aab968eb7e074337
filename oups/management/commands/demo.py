"""The whole portal on one machine: database, migrations, catalogue, accounts, worker, web server."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack, suppress
from io import TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from common import embedded_database
from common.demo_environment import DATABASE_DIR
from errors_catalog.models import FrequentError
from oups import demonstration

DEFAULT_PORT = 8000


class Command(BaseCommand):
    help = "Lance tout le portail sur cette machine. Ctrl-C arrête tout."
    requires_system_checks: list[str] = []  # they read the database, which is not started yet

    def handle(self, **options: Any) -> None:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(line_buffering=True)  # the addresses are read at once, even in a file
        port = self._port()
        for request_to_stop in (signal.SIGINT, signal.SIGTERM):
            signal.signal(request_to_stop, _interrupt)
        try:
            with ExitStack() as stack:
                stack.enter_context(demonstration.alone(port))
                if demonstration.uses_embedded_database(embedded_database.socket_directory(DATABASE_DIR)):
                    self.stdout.write("Démarrage de PostgreSQL…")
                    stack.enter_context(embedded_database.running(DATABASE_DIR, database="oups"))
                self._prepare()
                connection.close()
                self._serve(port)
        except KeyboardInterrupt:
            self.stdout.write("\nPortail arrêté.")

    def _port(self) -> int:
        value = os.environ.get("PORT", str(DEFAULT_PORT))
        if not value.isdecimal() or not 1 <= int(value) <= 65535:
            raise CommandError(f"PORT doit être un nombre entre 1 et 65535, pas « {value} ».")
        return int(value)

    def _prepare(self) -> None:
        self.stdout.write("Préparation de la base et des fichiers statiques…")
        call_command("migrate", interactive=False, verbosity=0)
        demonstration.prepare_static_files()
        if not FrequentError.objects.exists():
            self.stdout.write("Chargement du catalogue…")
            call_command("load_catalogue", stdout=self.stdout)
        demonstration.create_accounts()

    def _serve(self, port: int) -> None:
        site = f"http://127.0.0.1:{port}"
        command = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--no-ws"]
        command += ["--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", "4"]
        command += ["--log-level", "warning", demonstration.APPLICATION]
        antivirus = demonstration.antivirus_address()
        environment = {**os.environ, "SITE_URL": os.environ.get("SITE_URL", site), "CLAMD_ADDRESS": antivirus}
        # Sessions of their own: Ctrl-C reaches this process only, which then stops them and the database in order.
        worker = subprocess.Popen(
            [sys.executable, "manage.py", demonstration.WORKER], env=environment, start_new_session=True
        )
        server = subprocess.Popen(command, env=environment, start_new_session=True)
        try:
            demonstration.wait_until_it_listens(server, port)
            self.stdout.write(
                f"\nAntivirus : {antivirus or 'aucun, les documents ne sont pas contrôlés'}"
                f"\nLe portail : {site}/\nLa gestion : {site}/{settings.ADMIN_PATH}\n\n"
                f"Comptes du personnel (gardés dans {demonstration.ACCOUNTS_FILE}) :\n{demonstration.accounts_text()}"
                "\nCtrl-C arrête tout."
            )
            watch(server, worker)
        finally:
            for process in (server, worker):
                process.terminate()
            for process in (server, worker):
                process.wait()
            demonstration.stop_leftover_servers()


def watch(server: subprocess.Popen, worker: subprocess.Popen) -> None:
    """Return when the web server ends well. Raises `CommandError` when it fails, or when the worker ends before it."""
    while server.poll() is None:
        if worker.poll() is not None:
            raise CommandError("Le travail de fond s'est arrêté. Les lignes ci-dessus disent pourquoi.")
        with suppress(subprocess.TimeoutExpired):
            server.wait(timeout=1)
    if server.returncode != 0:
        raise CommandError("Le serveur web s'est arrêté. Les lignes ci-dessus disent pourquoi.")


def _interrupt(signum: int, frame: FrameType | None) -> None:
    """A request to stop ends like Ctrl-C: the server and the database are stopped in order."""
    raise KeyboardInterrupt

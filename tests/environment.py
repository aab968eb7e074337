"""Environment of the tests, set before the settings are read: a real PostgreSQL, and no file of the machine's own.

Loaded by `-p tests.environment` (pyproject.toml). `DATABASE_URL` names another server when it is set.

`pytest -n 2` loads this in three processes: the one that hands out the tests starts the server, and the workers, which
inherit its environment, find `DATABASE_URL` there. What each worker keeps to itself has its name, `PROCESS`.
"""

import atexit
import os
from contextlib import ExitStack

import psycopg

from common import embedded_database
from common.demo_environment import LOCAL_DIR

PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "alone")

VARIABLES = {
    "SECRET_KEY": "only-for-tests-" + "x" * 50,
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "DEBUG": "false",
    "DEMO": "false",
    "HTTPS": "false",
    "BRAND": "etat",
    "SITE_URL": "https://oups.example",
    "ADMIN_PATH": "gestion/",
    "PUBLISHER": "Éditeur de test",
    "HOSTING_PROVIDER": "Hébergeur de test",
    "CONTACT_EMAIL": "contact@oups.example",
    "DOCUMENT_KEYS": "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtb28=",
    "CLAMD_ADDRESS": "127.0.0.1:9",  # nothing listens: a test that scans starts its own
    "DOCUMENTS_DIR": str(LOCAL_DIR / f"documents-tests-{PROCESS}"),
    "EMAIL_URL": "smtp://127.0.0.1:9",
}
os.environ.update(VARIABLES)

DATABASE_DIR = LOCAL_DIR / "postgres-tests"
LOCAL_DIR.mkdir(exist_ok=True)
if "DATABASE_URL" not in os.environ:
    stack = ExitStack()
    stack.enter_context(embedded_database.running(DATABASE_DIR, database="oups"))
    atexit.register(stack.close)
    os.environ["DATABASE_URL"] = embedded_database.url(DATABASE_DIR, database="oups")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        # Nothing in it has to outlive a power cut: no test waits for the disk.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")

# The browser's driver keeps an event loop in this thread; the tests around it use the database as synchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

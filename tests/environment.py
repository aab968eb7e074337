"""Environment of the tests, set before the settings are read: a real PostgreSQL, and no file of the machine's own.

Loaded by `-p tests.environment` (pyproject.toml). `DATABASE_URL` names another server when it is set.
"""

import atexit
import os
from contextlib import ExitStack

from common import embedded_database
from common.demo_environment import LOCAL_DIR

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
    "DOCUMENTS_DIR": str(LOCAL_DIR / "documents-tests"),
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

# The browser's driver keeps an event loop in this thread; the tests around it use the database as synchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

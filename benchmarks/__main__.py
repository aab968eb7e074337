"""`make bench`: how fast the portal answers with the catalogue, and with one of 10,000 entries.

The run is a process of its own: its environment names a PostgreSQL of the bench, before the settings are read.
"""

import os
import subprocess
import sys

from common import embedded_database
from common.demo_environment import LOCAL_DIR

DATABASE_DIR = LOCAL_DIR / "postgres-bench"
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "oups.settings",
    "SECRET_KEY": "only-for-the-bench-" + "x" * 50,
    "ALLOWED_HOSTS": "testserver",
    "HTTPS": "false",
    "DEMO": "true",
    "DOCUMENT_KEYS": "b25seS1mb3ItdGVzdHMtb25seS1mb3ItdGVzdHMtb28=",
}
RUN = "from benchmarks import report; report.write()"


def main() -> None:
    LOCAL_DIR.mkdir(exist_ok=True)
    with embedded_database.running(DATABASE_DIR, database="bench"):
        address = embedded_database.url(DATABASE_DIR, database="bench")
        command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", RUN]
        subprocess.run(command, env={**os.environ, **ENVIRONMENT, "DATABASE_URL": address}, check=True)


if __name__ == "__main__":
    main()

"""The environment of the demonstration, written to `.local/demo.env` and read by the settings.

The secret is drawn once. The address of the database follows the folder, so that a moved clone still finds it.
"""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet
from dotenv import dotenv_values

from common import embedded_database

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / ".local"
ENVIRONMENT_FILE = LOCAL_DIR / "demo.env"
DATABASE_DIR = LOCAL_DIR / "postgres"


def ensure() -> None:
    """Write the file. Later commands on this machine then find the same secret and the same database."""
    LOCAL_DIR.mkdir(exist_ok=True)
    known = dotenv_values(ENVIRONMENT_FILE)
    values = {
        "DEMO": "true",
        "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]",
        "SECRET_KEY": known.get("SECRET_KEY") or secrets.token_urlsafe(50),
        "DOCUMENT_KEYS": known.get("DOCUMENT_KEYS") or Fernet.generate_key().decode(),
        "DATABASE_URL": embedded_database.url(DATABASE_DIR, database="oups"),
    }
    if values == known:
        return
    partial = ENVIRONMENT_FILE.with_suffix(".partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.writelines(f"{name}={value}\n" for name, value in values.items())
    partial.replace(ENVIRONMENT_FILE)  # whole or absent, even when the start is killed here

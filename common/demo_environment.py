"""The environment of the demonstration, written once to `.local/demo.env` and read by the settings."""

import os
import secrets
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / ".local"
ENVIRONMENT_FILE = LOCAL_DIR / "demo.env"


def ensure() -> None:
    """Write the file the first time. Later commands on this machine then find the same secret and database."""
    LOCAL_DIR.mkdir(mode=0o755, exist_ok=True)
    if ENVIRONMENT_FILE.exists():
        return
    values = {"DEMO": "true", "SECRET_KEY": secrets.token_urlsafe(50), "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]"}
    partial = ENVIRONMENT_FILE.with_suffix(".partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.writelines(f"{name}={value}\n" for name, value in values.items())
    partial.replace(ENVIRONMENT_FILE)  # whole or absent, even when the start is killed here

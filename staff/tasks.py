"""What the worker does for the sign-in."""

from django.core.management import call_command
from procrastinate.contrib.django import app

from staff import lockout


@app.periodic(cron="37 3 * * *")
@app.task
def forget_what_is_over(timestamp: int) -> None:
    """Every night: failures that no longer count, and sessions that are over."""
    lockout.purge()
    call_command("clearsessions")

"""What the sign-in remembers of those who fail."""

from django.db import models

from common.models import MachineRow


class FailedAttempts(MachineRow):
    """How often somebody failed in a row, and until when they wait: see `staff.lockout`."""

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    blocked_until = models.DateTimeField()

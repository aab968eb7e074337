"""Who may hold a session at all."""

from typing import Any

from django.contrib.auth.backends import ModelBackend


class StaffBackend(ModelBackend):
    """The accounts of the staff, and no others: one that leaves the staff is signed out by its next request."""

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and user.is_staff

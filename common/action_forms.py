"""Forms of the staff's pages that ask for one thing to be done: several stand on a page, each knows its own write."""

from typing import Any

from django import forms
from django.contrib.auth.models import User


class ActionForm(forms.Form):
    """A form that does one thing to `subject`. `done` is what its author reads afterwards."""

    action = ""
    title = ""
    button = "Enregistrer"
    done = "Enregistré."
    permission = ""  # what it takes besides opening the page

    def __init__(self, data: Any = None, *, subject: Any) -> None:
        self.subject = subject
        super().__init__(data, auto_id=f"{self.action}_%s", initial=self.starting_with(), label_suffix=" :")

    def starting_with(self) -> dict[str, Any]:
        """What the fields hold when the page opens."""
        return {}

    def apply(self, *, by: User) -> None:
        """Do it. Raises `ValidationError`, in French, when it cannot be done now."""
        raise NotImplementedError

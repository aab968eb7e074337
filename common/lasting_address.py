"""The address of a public page, in the admin: chosen once, with the page."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest


class LastingAddress:
    """For the admin of a `SlugModel`: links and open data name its rows by their slug, which no form changes."""

    # The fields that suggest an address. Not `prepopulated_fields`, which the pages of history take as they stand.
    address_from: Sequence[str] = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        fields = super().get_readonly_fields(request, obj)  # type: ignore[misc]
        return [*fields, "slug"] if obj else fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        return {"slug": self.address_from} if self.address_from and obj is None else {}

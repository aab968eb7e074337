"""What readers tell, kept without what would tell who they are."""

from common.personal_data import masked
from errors_catalog.models import ReaderMessage


def report_missing_error(text: str, *, query: str) -> None:
    """Keep what a reader did not find."""
    ReaderMessage.objects.create(kind=ReaderMessage.Kind.MISSING, query=masked(query), text=masked(text))

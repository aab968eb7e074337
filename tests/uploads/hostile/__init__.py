"""Hostile and odd files, each with the answer that it must get."""

from tests.uploads.hostile.case import Case
from tests.uploads.hostile.images import IMAGES
from tests.uploads.hostile.messages import MESSAGES_AND_TEXTS
from tests.uploads.hostile.not_documents import NOT_DOCUMENTS
from tests.uploads.hostile.office import OFFICE
from tests.uploads.hostile.pdfs import PDFS

CASES = [*NOT_DOCUMENTS, *IMAGES, *PDFS, *OFFICE, *MESSAGES_AND_TEXTS]

__all__ = ["CASES", "Case"]

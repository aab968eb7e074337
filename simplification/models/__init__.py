"""Hard documents: what was sent, what the team does of it, what the public sees of the result."""

from simplification.models.desk import AnswerTemplate, DocumentAccess, Transmission
from simplification.models.document import Document, DocumentPage
from simplification.models.rewriting import Rewriting
from simplification.models.submission import Event, LetterGroup, Submission

__all__ = [
    "AnswerTemplate",
    "Document",
    "DocumentAccess",
    "DocumentPage",
    "Event",
    "LetterGroup",
    "Rewriting",
    "Submission",
    "Transmission",
]

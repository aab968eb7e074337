"""The team's desk: the queue, the page of a document, rewritings, ready answers, the register, statistics."""

from simplification.admin import register, rewriting, submission

__all__ = ["register", "rewriting", "submission"]

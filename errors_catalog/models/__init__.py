"""The catalogue: frequent errors, and what they lean on."""

from errors_catalog.models.administration import Administration, ContactChannel
from errors_catalog.models.editorial import EntryEvent, Proposal, RereadingRequest
from errors_catalog.models.former_address import FormerAddress
from errors_catalog.models.frequent_error import (
    Deadline,
    ErrorLifeEvent,
    FrequentError,
    OfficialSource,
)
from errors_catalog.models.legal_reference import LegalReference
from errors_catalog.models.link_check import LinkCheck
from errors_catalog.models.reader_message import ReaderMessage, ReplyTemplate
from errors_catalog.models.search import (
    BestBet,
    SearchLexeme,
    SearchLog,
    SearchMeaning,
    SearchPosting,
    SearchSynonym,
    SearchWord,
    SearchWording,
)
from errors_catalog.models.synonym import Synonym

__all__ = [
    "Administration",
    "BestBet",
    "ContactChannel",
    "Deadline",
    "EntryEvent",
    "ErrorLifeEvent",
    "FormerAddress",
    "FrequentError",
    "LegalReference",
    "LinkCheck",
    "OfficialSource",
    "Proposal",
    "ReaderMessage",
    "ReplyTemplate",
    "RereadingRequest",
    "SearchLexeme",
    "SearchLog",
    "SearchMeaning",
    "SearchPosting",
    "SearchSynonym",
    "SearchWord",
    "SearchWording",
    "Synonym",
]

"""The editors' desk: the errors, what they lean on, the search, what readers say."""

from errors_catalog.admin import frequent_error, reader_message, reference_data, search

__all__ = ["frequent_error", "reader_message", "reference_data", "search"]

"""The editors' desk: one module for the errors, one for what they lean on."""

from errors_catalog.admin import frequent_error, reference_data

__all__ = ["frequent_error", "reference_data"]

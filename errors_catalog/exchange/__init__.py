"""Entries in and out as tables: what editors change by the dozen in a spreadsheet."""

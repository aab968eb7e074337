"""Spreadsheets take a cell that begins with = + - @ for a formula, and may run it. Our bullets begin with a dash.

CSV has no types: an apostrophe goes before such a text, as spreadsheets themselves ask, and comes off when the table is
read. A text that already begins with apostrophes and such a sign gets one more: what is read is what was written. In a
workbook a cell is typed as a text and needs none: only those texts get one more there, and a table that went from CSV
to XLSX loses its own.
"""

import re

FORMULA = re.compile(r"[=+\-@＝＋－＠]")
QUOTED = re.compile(r"'+[=+\-@＝＋－＠]")


def begins(text: str) -> bool:
    """Whether a spreadsheet would take it for a formula."""
    return bool(FORMULA.match(text))


def disarmed(text: str) -> str:
    """As it goes in a file without types."""
    return f"'{text}" if begins(text) else quoted(text)


def quoted(text: str) -> str:
    """As it goes in a file with types: changed only when `unquoted` would take something off."""
    return f"'{text}" if QUOTED.match(text) else text


def unquoted(text: str) -> str:
    """What was written, from either kind of file."""
    return text[1:] if QUOTED.match(text) else text

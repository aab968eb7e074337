"""Logs as JSON lines: one event a line, in UTC, without what people typed."""

import json
import logging
import re
from datetime import UTC, datetime

# What PostgreSQL adds to a refusal quotes the row that it refuses.
DETAILS = re.compile(r"^(?:DETAIL|CONTEXT|LINE \d+):.*$\n?", re.MULTILINE)

# Addresses that open a form or a preview to whoever knows them.
SECRET_ADDRESSES = re.compile(r"(/(?:envoi|apercu)/)[^/\s'\"]+")


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message and, for an exception, its trace.

    Never a request body, its query string, or the part of an address that is a secret.
    """

    def format(self, record: logging.LogRecord) -> str:
        event = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": SECRET_ADDRESSES.sub(r"\1…", record.getMessage()),
        }
        if record.exc_info:
            trace = DETAILS.sub("", self.formatException(record.exc_info))
            event["exception"] = SECRET_ADDRESSES.sub(r"\1…", trace)
        return json.dumps(event, ensure_ascii=False)

"""Logs as JSON lines: one event a line, in UTC, without what people typed."""

import json
import logging
import re
from datetime import UTC, datetime

# What PostgreSQL adds to a refusal quotes the row that it refuses.
DETAILS = re.compile(r"^(?:DETAIL|CONTEXT|LINE \d+):.*$\n?", re.MULTILINE)


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message and, for an exception, its trace. Never a request body or its query string."""

    def format(self, record: logging.LogRecord) -> str:
        event = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            event["exception"] = DETAILS.sub("", self.formatException(record.exc_info))
        return json.dumps(event, ensure_ascii=False)

"""Logs without visitors."""

import logging
import traceback


class TraceFormatter(logging.Formatter):
    """Writes when, how grave, which logger, and where in the code; never a value.

    Messages lose their arguments and exceptions their text, because both may hold an address,
    a query or a name that a visitor typed.
    """

    def format(self, record: logging.LogRecord) -> str:
        status = getattr(record, "status_code", "")
        line = f"{self.formatTime(record)} {record.levelname} {record.name} {status}: {record.msg}"
        if not record.exc_info or record.exc_info[1] is None:
            return line
        kind, _, trace = record.exc_info
        places = [
            f"  {frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(trace)
        ]
        return "\n".join([line, f"  {kind.__module__}.{kind.__qualname__}", *places])

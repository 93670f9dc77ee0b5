"""Logging of the process: events with fields, never message text, openids or secrets."""

from __future__ import annotations

import logging
import os
import sys
from types import TracebackType

import structlog
from structlog.typing import EventDict

from bot.privacy.masking import masked

_ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
# What these tell below an error is of no use to an operator, or quotes requests.
_QUIET = (
    "aiohttp.access",
    "alembic",
    "asyncio",
    "matplotlib",
    "py.warnings",
    "rasa",
    "rasa_sdk",
    "sqlalchemy",
    "tensorflow",
)


def configure(level: str, form: str) -> None:
    """Set up structlog and the standard library's logging once, before Rasa is imported.

    `level` is INFO or above, since Rasa's debug events quote messages. `form` is "console" for people or "json" for
    log collectors; everything goes to standard error.
    """
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # Rasa draws progress bars of its own unless it is told to be quiet; ours are enough.
    os.environ["LOG_LEVEL"] = "ERROR"
    # Rasa and its libraries warn, at import and later, of what only a newer Rasa could change, and reset the filters.
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_quotes,
            _without_numbers,
            structlog.processors.JSONRenderer(ensure_ascii=False)
            if form == "json"
            else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level)),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)


def _without_quotes(_logger: object, _method: str, event: EventDict) -> EventDict:
    """An error's text may quote the worker, so its type and the places it passed stand for it.

    Rasa's own events (their names have dots) keep their name only.
    """
    error = event.pop("exc_info", None)
    if "." in str(event["event"]):
        event = {key: event[key] for key in ("event", "level", "timestamp", "request") if key in event}
    if error:
        if isinstance(error, BaseException):
            error = (type(error), error, error.__traceback__)
        kind, value, trace = error if isinstance(error, tuple) else sys.exc_info()
        event["error"] = kind.__name__ if kind is not None and value is not None else "unknown"
        event["places"] = _places(trace)
    return event


def _without_numbers(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Nothing here should hold a number that names a person; should one come all the same, it is not written."""
    return {
        key: masked(value) if isinstance(value, str) and key != "timestamp" else value for key, value in event.items()
    }


class _Formatter(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - The standard library's name.
        # Below its first line asyncio shows the task that failed, with the error's text.
        if record.name == "asyncio":
            record.message = record.message.partition("\n")[0]
        record.message = masked(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: _ErrorInfo) -> str:  # noqa: N802 - The standard library's name.
        kind, _, trace = ei
        return f"{kind.__name__ if kind else 'unknown'} at {' '.join(_places(trace))}"


def _places(trace: TracebackType | None) -> list[str]:
    found: list[str] = []
    while trace is not None:
        found.append(f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}")
        trace = trace.tb_next
    return found

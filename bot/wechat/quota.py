"""How many messages of our own WeChat allows at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

AFTER_MESSAGE, MESSAGE_LASTS = 5, timedelta(hours=48)
AFTER_EVENT, EVENT_LASTS = 3, timedelta(minutes=1)
FOR_A_PERSON = 1
"""Of those after a message, kept for somebody of the hotline who takes over."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """When the worker last wrote and last did something else, and when he was sent messages within the last 48 hours."""

    message_at: datetime | None
    event_at: datetime | None
    sent_at: Sequence[datetime]


def left(ledger: Ledger, now: datetime, of_person: bool = False) -> int:
    """How many messages the assistant may still send, or a person of the hotline."""
    kept = 0 if of_person else FOR_A_PERSON
    return max(
        _left(ledger, ledger.message_at, MESSAGE_LASTS, AFTER_MESSAGE - kept, now),
        _left(ledger, ledger.event_at, EVENT_LASTS, AFTER_EVENT, now),
        0,
    )


def _left(ledger: Ledger, since: datetime | None, lasts: timedelta, most: int, now: datetime) -> int:
    if since is None or now >= since + lasts:
        return 0
    return most - sum(1 for sent in ledger.sent_at if sent >= since)

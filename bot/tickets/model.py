"""A request to be called back, and why an act on it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

LONGEST_TEXT = 500
LONGEST_OUTCOME = 200
MOST_OPEN = 3
"""Requests of one worker that nobody has dealt with yet."""


@dataclass(frozen=True, slots=True)
class NewTicket:
    """Put beside a reply: the worker has left a request; `due_at` is when somebody should have called."""

    text: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ticket:
    """A request. Only its owner, who took it to call the worker, is shown the number in its text."""

    id: int
    conversation: str
    text: str
    made_at: datetime
    due_at: datetime | None
    owner: int | None
    owner_name: str
    done_at: datetime | None
    outcome: str


class Refusal(str, Enum):
    """Why an act is refused."""

    TAKEN = "taken"
    NOT_YOURS = "not_yours"
    DONE = "done"
    OUTCOME = "outcome"


class Refused(Exception):
    """The act is not done."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


class TicketNotFound(Exception):
    """There is no such request, or not any more."""

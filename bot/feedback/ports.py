"""What this room needs of the storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.accounts.audit import Entry
from bot.feedback.model import Closing, Filter, Question, Reason, Task


class Questions(Protocol):
    """Where workers were asked what they think of an answer."""

    async def latest(self, channel: str, sender: str, since: datetime) -> Question | None:
        """What a worker was asked last, unless that was before a moment or has been dealt with."""


class Tasks(Protocol):
    """Where the answers are that were of no use."""

    async def counts(self) -> Mapping[tuple[str, Reason | None], int]:
        """How many open tasks each topic has, by reason."""

    async def page(self, chosen: Filter, skipped: int, size: int) -> Sequence[Task]:
        """At most `size` tasks after the `skipped` first ones, the newest first."""

    async def find(self, number: int) -> Task | None:
        """One task."""

    async def close(self, number: int, closing: Closing, entry: Entry) -> bool:
        """Note that a task is done, with its entry in the audit log; False, and nothing, where it is not open."""

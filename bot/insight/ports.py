"""What the reports need of the storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.insight.model import Handed, Judged, Report, Seen


class Messages(Protocol):
    """The messages that are kept."""

    async def page(self, after: tuple[datetime, int], until: datetime, most: int) -> Sequence[Seen]:
        """The first messages of workers after a moment and a number, and before a moment; by moment and number."""

    async def texts(self, messages: Sequence[int]) -> Sequence[str]:
        """The words of those that are still kept."""


class Others(Protocol):
    """What else is kept of conversations, from a moment to before another."""

    async def judged(self, since: datetime, until: datetime) -> Sequence[Judged]:
        """What workers said of answers."""

    async def handed(self, since: datetime, until: datetime) -> Sequence[Handed]:
        """What people took over."""


class Reports(Protocol):
    """The last report of each period, for all processes."""

    async def begin(self, until: datetime) -> bool:
        """Whether this process is to make the reports up to a moment: of all processes one is."""

    async def put(self, report: Report) -> None:
        """Keep a report in the place of the last one of its period."""

    async def get(self, days: int) -> Report | None:
        """The last one of a period."""

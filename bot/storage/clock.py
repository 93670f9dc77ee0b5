"""One time for all processes: leases and terms that one of them writes are read by others, on other machines."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta, timezone

import structlog

EVERY = 30.0
"""Seconds between two looks at the database's time."""
LONGEST_LOOK = 0.5
"""A look that took longer, in seconds, tells the time too vaguely; leases last four."""
ALLOWED = timedelta(seconds=2)
"""The machine's own time may differ so much: it is still what signatures, second steps and certificates go by."""

log = structlog.get_logger()


class ClockDiffers(Exception):
    """The machine's own time is not that of the database."""


def utc_now() -> datetime:
    """The machine's own time."""
    return datetime.now(timezone.utc)


class SharedClock:
    """The database's time; between two looks it is carried on by ticks, which no change of the machine's time touches."""

    def __init__(
        self,
        look: Callable[[], Awaitable[datetime]],
        own: Callable[[], datetime] = utc_now,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._look = look
        self._own = own
        self._ticks = ticks
        self._at, self._at_ticks = own(), ticks()
        self._difference = timedelta()

    def __call__(self) -> datetime:
        """The time now."""
        return self._at + timedelta(seconds=self._ticks() - self._at_ticks)

    async def look(self) -> None:
        """Set it by the database; raises what the database raises."""
        before = self._ticks()
        at = await self._look()
        after = self._ticks()
        if after - before > LONGEST_LOOK:
            return
        self._at, self._at_ticks = at + timedelta(seconds=(after - before) / 2), after
        was_well, self._difference = self._well, self._at - self._own()
        if was_well and not self._well:
            log.warning("clock_differs", seconds=round(self._difference.total_seconds(), 1))

    async def run(self) -> None:
        """Look now and then, for ever."""
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.look()
            except Exception as error:
                log.warning("clock_not_set", error=type(error).__name__)

    async def ping(self) -> None:
        """Return when the machine's own time is right enough; raise ClockDiffers otherwise."""
        if not self._well:
            raise ClockDiffers

    @property
    def _well(self) -> bool:
        return abs(self._difference) <= ALLOWED

"""How long what is kept: the periods as data, and the daily job that holds them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import msgspec
import structlog

FIRST_LOOK, LOOK_EVERY = 60.0, 3600.0
"""Seconds after the start, and then between two looks whether a day has passed."""
EVERY = timedelta(hours=24)
BATCH = 500
"""Rows that are deleted in one transaction, so that nobody waits long for it."""
CHORE = "purge"

log = structlog.get_logger()


class Period(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table's rows go after so many days, counted from a column; or they stay, for a reason."""

    days: int = 0
    since: str = ""
    worker: bool = False
    kept: str = ""


class Purging(Protocol):
    """Where rows are counted and deleted."""

    async def count(self, table: str, since: str, before: datetime) -> int:
        """How many rows are older; a message that nobody has answered yet is not counted."""

    async def delete(self, table: str, since: str, before: datetime, most: int) -> int:
        """Delete at most so many of them; how many it were."""

    async def claim(self, chore: str, now: datetime, every: timedelta) -> bool:
        """Whether this process is to do a chore: of all processes one gets it once in a while."""

    async def record(self, why: str, counts: Mapping[str, int], at: datetime) -> None:
        """Keep what was deleted, as counts."""


@lru_cache(maxsize=1)
def periods() -> Mapping[str, Period]:
    """The period of each table."""
    text = Path(__file__).with_name("retention.yml").read_bytes()
    return msgspec.yaml.decode(text, type=dict[str, Period])


class Retention:
    """Deletes what is older than its period, in the service once a day, or when told to."""

    def __init__(
        self,
        store: Purging,
        now: Callable[[], datetime],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        kept: Mapping[str, Period] | None = None,
    ) -> None:
        self._store = store
        self._now = now
        self._pause = pause
        self._limited = {name: one for name, one in (kept or periods()).items() if one.days}

    async def overdue(self) -> dict[str, int]:
        """How many rows of each table would go."""
        now = self._now()
        return {name: await self._store.count(name, one.since, _limit(one, now)) for name, one in self._limited.items()}

    async def purge(self) -> dict[str, int]:
        """Delete them, a batch at a time, and keep the counts."""
        now, counts = self._now(), dict.fromkeys(self._limited, 0)
        for name, one in self._limited.items():
            while deleted := await self._store.delete(name, one.since, _limit(one, now), BATCH):
                counts[name] += deleted
        if any(counts.values()):
            await self._store.record("retention", counts, now)
        log.info("retention_purged", **counts)
        return counts

    async def run(self) -> None:
        """Purge once a day for ever, in one of all processes."""
        wait = FIRST_LOOK
        while True:
            await self._pause(wait)
            wait = LOOK_EVERY
            try:
                if await self._store.claim(CHORE, self._now(), EVERY):
                    await self.purge()
            except Exception as error:
                log.error("retention_failed", error=type(error).__name__)  # noqa: TRY400 - A lost database needs no trace.


def _limit(period: Period, now: datetime) -> datetime:
    return now - timedelta(days=period.days)

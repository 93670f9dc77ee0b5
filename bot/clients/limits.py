"""How often somebody may ask in a minute and a day, over all processes, without a transaction for each message."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.clients.ports import Uses
from policies_kb.chinese_date import HERE

SHARE = 16
"""Each process may let through a sixteenth of a limit before it counts that in the database, and then takes as much at once.

So a limit is kept by all processes together, but for the sixteenth that each of them may not have counted yet; limits
below sixteen are exact.
"""
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)

log = structlog.get_logger()


@dataclass(slots=True)
class _Share:
    """What this process may still let through for one subject in one window."""

    allowed: int
    counted: int = 0
    spent: int = 0
    full: bool = False
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Limits:
    """Counts what subjects ask for; the windows are minutes and days as they are counted here."""

    def __init__(self, uses: Uses, now: Callable[[], datetime]) -> None:
        self._uses = uses
        self._now = now
        self._windows: dict[timedelta, tuple[datetime, dict[tuple[str, int], _Share]]] = {}

    async def wait(self, subject: str, per_minute: int, per_day: int | None = None) -> int:
        """Count one message of a subject and give 0; or count nothing more, and give the seconds to wait."""
        now = self._now().astimezone(HERE)
        begun = {
            MINUTE: now.replace(second=0, microsecond=0),
            DAY: now.replace(hour=0, minute=0, second=0, microsecond=0),
        }
        for length, most in ((MINUTE, per_minute), (DAY, per_day)):
            if most is not None and not await self._fits(subject, length, begun[length], most):
                return max(1, round((begun[length] + length - now).total_seconds()))
        return 0

    async def _fits(self, subject: str, length: timedelta, begun: datetime, most: int) -> bool:
        window = self._windows.get(length)
        if window is None or window[0] != begun:
            window = self._windows[length] = (begun, {})
        share = window[1].setdefault((subject, most), _Share(allowed=most // SHARE))
        async with share.lock:
            if share.spent >= share.allowed and not share.full:
                await self._take(share, f"{subject}:{length.days}:{begun:%d%H%M}", begun + length, most)
            if share.spent >= share.allowed:
                return False
            share.spent += 1
            return True

    async def _take(self, share: _Share, key: str, ends_at: datetime, most: int) -> None:
        wanted = share.spent - share.counted + max(1, most // SHARE)
        try:
            got = await self._uses.take(key, ends_at, wanted, most)
        except Exception as error:
            # A lost database is answered by the conversation, in words; here it would be a refusal without a reason.
            log.error("uses_not_counted", error=type(error).__name__)  # noqa: TRY400
            share.allowed += 1
            return
        share.counted += got
        share.allowed = share.counted
        share.full = got < wanted

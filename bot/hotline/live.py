"""What happens at the desk, told to every desk that is open in this process; other processes' acts are seen by looking."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.accounts.model import User
from bot.hotline.model import Case, Presence
from bot.hotline.ports import Changes, Presences
from bot.waiting import for_ever

LOOK_EVERY = 0.25
"""Seconds; with the reading and the way to the browser it stays below the second that is promised."""

PRESENT_FOR = timedelta(seconds=20)
"""A page says twice within this that somebody looks at it."""

_MOST_BEHIND = 500
"""News that a desk may be behind; one that does not read them begins anew."""


@dataclass(frozen=True, slots=True)
class News:
    """A handover as it is now, or that it is no longer open, or who looks at it."""

    handover: int
    case: Case | None = None
    people: frozenset[Presence] | None = None


class LiveDesk:
    """One look for all desks of the process, and none while no desk is open."""

    def __init__(
        self,
        changes: Changes,
        now: Callable[[], datetime],
        every: float = LOOK_EVERY,
    ) -> None:
        self._changes = changes
        self._now = now
        self._every = every
        self._listeners: set[asyncio.Queue[News | None]] = set()
        self._seen: Mapping[int, int] = {}
        self._there: frozenset[Presence] = frozenset()

    async def run(self) -> None:
        """Look for ever."""
        await for_ever(self.look, self._every, asyncio.sleep, "desk_not_read")

    async def look(self) -> None:
        """See what has changed since the last look, and tell it."""
        if not self._listeners:
            return
        seen, there = await self._changes.look(self._now())
        changed = [number for number, count in seen.items() if self._seen.get(number) != count]
        cases = {case.id: case for case in await self._changes.cases(changed)} if changed else {}
        for number in changed:
            # One that ended between the two readings is told as ended at the next look.
            if (case := cases.get(number)) is not None:
                self._tell(News(number, case))
        for number in self._seen.keys() - seen.keys():
            self._tell(News(number))
        for number in {one.handover for one in self._there ^ there}:
            self._tell(News(number, people=frozenset(one for one in there if one.handover == number)))
        self._seen, self._there = seen, there

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[News | None]]:
        """News from now on; None at the end, for a desk that has to begin anew."""
        queue: asyncio.Queue[News | None] = asyncio.Queue(_MOST_BEHIND)
        if not self._listeners:
            # What was seen last is of the time when somebody listened: whoever comes reads everything first.
            self._seen, self._there = {}, frozenset()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    async def people(self) -> frozenset[Presence]:
        """Who looks at what."""
        _, there = await self._changes.look(self._now())
        return there

    async def close(self, *_: object) -> None:
        """Let every desk go, so that the process can end."""
        for queue in self._listeners:
            _put(queue, None)

    def _tell(self, news: News) -> None:
        for queue in self._listeners:
            _put(queue, news)


class Seeing:
    """Who looks at what: each person says so again and again while he does."""

    def __init__(self, presences: Presences, now: Callable[[], datetime]) -> None:
        self._presences = presences
        self._now = now

    async def seen(self, user: User, handover: int, *, typing: bool, gone: bool) -> None:
        """A person looks at a handover, types in it, or has gone from it."""
        if gone:
            await self._presences.gone(handover, user.id)
        else:
            presence = Presence(handover, user.id, user.display_name, typing)
            await self._presences.seen(presence, self._now() + PRESENT_FOR)


def _put(queue: asyncio.Queue[News | None], news: News | None) -> None:
    if queue.full():
        queue.get_nowait()
        news = None
    queue.put_nowait(news)

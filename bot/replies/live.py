"""The replies of this process, which notices at each question whether any process has changed one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.replies.cards import cards
from bot.replies.index import Index
from bot.replies.ports import Replies
from bot.replies.standing import Standings
from policies_kb.chinese_date import HERE
from policies_kb.model import KnowledgeBase

_USES_LAST = timedelta(minutes=1)
"""What other processes counted is seen after so long: it only orders what was found."""


class LiveReplies:
    """The index and the uses; made anew when a reply, the content or the day has changed."""

    def __init__(self, store: Replies, knowledge: Callable[[], KnowledgeBase], now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now
        self.knowledge = knowledge
        self.uses: dict[str, int] = {}
        self._index = Index(())
        self._made: tuple[int, Standings] | None = None
        self._standings: Standings | None = None
        self._counted_at: datetime | None = None
        self._making = asyncio.Lock()

    @property
    def today(self) -> date:
        """The day in China."""
        return self._now().astimezone(HERE).date()

    @property
    def standings(self) -> Standings:
        """The state of the topics now."""
        held, knowledge, today = self._standings, self.knowledge(), self.today
        if held is None or held.knowledge is not knowledge or held.today != today:
            self._standings = held = Standings(knowledge, today)
        return held

    async def index(self) -> Index:
        """The index of what is kept now."""
        if self._made != (await self._store.counter(), self.standings):
            await self._make()
        if self._counted_at is None or self._now() - self._counted_at >= _USES_LAST:
            self._counted_at, self.uses = self._now(), await self._store.uses()
        return self._index

    async def _make(self) -> None:
        """Once for all who ask in the meantime."""
        async with self._making:
            # Before what it counts, so that a change in between is seen again at the next question.
            counter, standings = await self._store.counter(), self.standings
            if self._made != (counter, standings):
                kept = await self._store.everything()
                self._index = await asyncio.to_thread(lambda: Index(cards(standings, kept)))
                self._made = (counter, standings)

    async def used(self, key: str) -> None:
        """Count a use."""
        await self._store.use(key, self._now())
        self.uses[key] = self.uses.get(key, 0) + 1

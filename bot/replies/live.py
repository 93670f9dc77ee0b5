"""The replies of this process, which notices at each question whether any process has changed one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.replies.cards import cards
from bot.replies.index import Index
from bot.replies.ports import Replies
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
        self._made: tuple[int, KnowledgeBase, date] | None = None
        self._counted_at: datetime | None = None
        self._making = asyncio.Lock()

    @property
    def today(self) -> date:
        """The day in China."""
        return self._now().astimezone(HERE).date()

    async def index(self) -> Index:
        """The index of what is kept now."""
        async with self._making:
            # Before what it counts, so that a change in between is seen again at the next question.
            counter, knowledge, today = await self._store.counter(), self.knowledge(), self.today
            if not self._is_of(counter, knowledge, today):
                kept = await self._store.everything()
                self._index = await asyncio.to_thread(lambda: Index(cards(knowledge, kept, today)))
                self._made = (counter, knowledge, today)
            if self._counted_at is None or self._now() - self._counted_at >= _USES_LAST:
                self._counted_at, self.uses = self._now(), await self._store.uses()
        return self._index

    async def used(self, key: str) -> None:
        """Count a use."""
        await self._store.use(key, self._now())
        self.uses[key] = self.uses.get(key, 0) + 1

    def _is_of(self, counter: int, knowledge: KnowledgeBase, today: date) -> bool:
        made = self._made
        return made is not None and made[0] == counter and made[1] is knowledge and made[2] == today

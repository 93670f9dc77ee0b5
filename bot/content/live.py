"""The published content in this process, replaced within seconds of a publication in any process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime

import msgspec
import structlog

from bot.content.ports import Timelines
from bot.content.timeline import knowledge_at
from bot.conversation.insist import Pause
from bot.waiting import for_ever
from policies_kb.errors import ContentInvalid
from policies_kb.model import KnowledgeBase
from policies_kb.parts import Part

LOOK_EVERY = 2.0
"""Seconds between two looks at the counter; with the loading it stays below the five that are promised."""

log = structlog.get_logger()


class LiveKnowledge:
    """Called, it gives the knowledge base in force; each reader gets a whole one, never half of a change."""

    def __init__(self, store: Timelines, now: Callable[[], datetime], pause: Pause = asyncio.sleep) -> None:
        self._store = store
        self._now = now
        self._pause = pause
        self._knowledge: KnowledgeBase | None = None
        self._counter: int | None = None
        self._numbers: Mapping[Part, int] = {}
        self._due: datetime | None = None

    def __call__(self) -> KnowledgeBase:
        """The content in force; `load` comes first."""
        if self._knowledge is None:
            raise RuntimeError("the content has not been loaded")
        return self._knowledge

    def version(self, part: Part) -> int | None:
        """The number of a part's version in force."""
        return self._numbers.get(part)

    async def load(self) -> None:
        """Read what is published; raises ContentInvalid, so that bad content stops the start."""
        timeline = await self._store.timeline(now := self._now())
        self._counter, self._due = timeline.counter, next(iter(timeline.changes_after(now)), None)
        self._knowledge = knowledge_at(timeline, now)
        self._numbers = {part: one.number for part, one in timeline.at(now).items()}

    async def refresh(self) -> bool:
        """Take over what was published since, or has come into force; content that is broken changes nothing."""
        due = self._due is not None and self._now() >= self._due
        if not due and await self._store.counter() == self._counter:
            return False
        try:
            await self.load()
        except (ContentInvalid, msgspec.DecodeError) as error:
            log.error("content_refused", counter=self._counter, problem=str(error).partition("\n")[0])  # noqa: TRY400
            return False
        log.info("content_replaced", counter=self._counter)
        return True

    async def run(self) -> None:
        """Look for ever."""
        await for_ever(self.refresh, LOOK_EVERY, self._pause, "content_not_read")

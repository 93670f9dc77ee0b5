"""Makes the reports once an hour, in one of all processes, and gives them out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import structlog

from bot.insight.counting import Count
from bot.insight.model import PERIODS, Group, Report
from bot.insight.ports import Messages, Others, Reports
from bot.privacy.masking import masked
from bot.waiting import for_ever
from policies_kb.model import KnowledgeBase

LOOK_EVERY = 30.0
"""Seconds between two looks whether an hour has passed."""
PAGE = 500
"""Messages that are counted at once, between which others have their turn."""
LONGEST_EXAMPLE = 80

log = structlog.get_logger()


class Insight:
    """`knowledge` is what is published: it says which items a topic rests on."""

    def __init__(
        self,
        messages: Messages,
        others: Others,
        reports: Reports,
        knowledge: Callable[[], KnowledgeBase],
        now: Callable[[], datetime],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._messages = messages
        self._others = others
        self._reports = reports
        self.knowledge = knowledge
        self._now = now
        self._pause = pause

    async def run(self) -> None:
        """Make the reports of each hour for ever."""
        await for_ever(self.tend, LOOK_EVERY, self._pause, "insight_failed")

    async def tend(self) -> None:
        """Make the reports up to the last full hour, unless they are there."""
        until = self._now().replace(minute=0, second=0, microsecond=0)
        if not await self._reports.begin(until):
            return
        counts = [Count(days, until) for days in PERIODS]
        since = min(count.since for count in counts)
        messages = await self._count(counts, since, until)
        for judged in await self._others.judged(since, until):
            for count in counts:
                count.judge(judged)
        for handed in await self._others.handed(since, until):
            for count in counts:
                count.hand(handed)
        for count in counts:
            await self._reports.put(count.report(self.knowledge()))
        log.info("insight_made", messages=messages)

    async def report(self, days: int) -> Report | None:
        """The last report of a period; None before the first."""
        return await self._reports.get(days)

    async def examples(self, group: Group) -> Sequence[str]:
        """What workers of a group wrote, masked, each wording once, in an order that says nothing of when or who."""
        texts = await self._messages.texts(group.examples)
        return sorted({_short(masked(" ".join(text.split()))) for text in texts if text.strip()})

    async def _count(self, counts: Sequence[Count], since: datetime, until: datetime) -> int:
        after, number = (since, 0), 0
        while page := await self._messages.page(after, until, PAGE):
            for seen in page:
                for count in counts:
                    count.add(seen)
            after, number = (page[-1].at, page[-1].id), number + len(page)
        return number


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_EXAMPLE else text[:LONGEST_EXAMPLE] + "…"

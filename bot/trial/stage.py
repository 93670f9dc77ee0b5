"""Makes the content and the day that something is tried out with."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import msgspec

from bot.content.model import Version
from bot.content.ports import Contents
from bot.content.timeline import Standing, Timeline, knowledge_at
from bot.supposed import Supposed
from bot.trial.model import Conditions
from policies_kb.chinese_date import HERE
from policies_kb.errors import ContentInvalid
from policies_kb.model import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Staged:
    """What to suppose; `left_out` are drafts with which the content would be broken, `content` its counter."""

    supposed: Supposed
    left_out: tuple[Version, ...]
    content: int


class Stage:
    """`live` is what is served now."""

    def __init__(self, store: Contents, live: Callable[[], KnowledgeBase], now: Callable[[], datetime]) -> None:
        self._store = store
        self._live = live
        self._now = now

    async def suppose(self, conditions: Conditions) -> Staged:
        """The content as it is at the end of that day, and now for today; with the drafts where they are wanted."""
        now = self._now()
        today = now.astimezone(HERE).date()
        day = conditions.day or today
        if day == today and not conditions.drafts:
            return Staged(Supposed(self._live(), day), (), await self._store.counter() or 0)
        moment = now if day == today else datetime.combine(day + timedelta(days=1), time(), HERE) - timedelta(seconds=1)
        timeline = await self._store.timeline(moment)
        if not timeline.at(moment):
            # Before the content was first put in there was none; what there is now is tried with that day.
            timeline = await self._store.timeline(moment := now)
        drafts = [one for one in await self._store.pending(now) if one.open] if conditions.drafts else []
        knowledge, left_out = await asyncio.to_thread(_with_drafts, timeline, moment, drafts)
        return Staged(Supposed(knowledge, day), left_out, timeline.counter)


def _with_drafts(
    timeline: Timeline, moment: datetime, drafts: Sequence[Version]
) -> tuple[KnowledgeBase, tuple[Version, ...]]:
    """All drafts at once, since one may need another; where that is broken, those that are not."""
    try:
        return knowledge_at(_put_in(timeline, moment, drafts), moment), ()
    except (ContentInvalid, msgspec.DecodeError):
        taken: list[Version] = []
        for one in drafts:
            try:
                knowledge_at(_put_in(timeline, moment, [*taken, one]), moment)
            except (ContentInvalid, msgspec.DecodeError):
                continue
            taken.append(one)
    return knowledge_at(_put_in(timeline, moment, taken), moment), tuple(one for one in drafts if one not in taken)


def _put_in(timeline: Timeline, moment: datetime, drafts: Sequence[Version]) -> Timeline:
    return timeline.with_standing(*(Standing(one.part, one.number, moment, one.text) for one in drafts))

"""Gathers what was not answered, once an hour in one of all processes or when told to."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.conversation.insist import Pause
from bot.privacy.masking import masked
from bot.unanswered.clustering import Clustering
from bot.unanswered.features import Featuring
from bot.unanswered.model import Gathered, Joined, Kept
from bot.unanswered.ports import Chores, Mined
from bot.waiting import for_ever

LOOK_EVERY = 300.0
"""Seconds between two looks whether it is time."""
EVERY = timedelta(hours=1)
CHORE = "mine"
SETTLED = timedelta(minutes=35)
"""After so long a conversation is over: whether a choice was made will not change any more."""
BATCH = 500
_LONGEST = 300
_TRIES = 3

log = structlog.get_logger()


class Mining:
    """Nothing is clustered, kept or shown before it is masked. `load` makes the features, once, when they are needed."""

    def __init__(
        self,
        store: Mined,
        chores: Chores,
        load: Callable[[], Featuring],
        now: Callable[[], datetime],
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._store = store
        self._chores = chores
        self._load = load
        self._now = now
        self._pause = pause
        self._featuring: Featuring | None = None

    async def mine(self, batches: int | None = None) -> int:
        """Take in everything new, or no more than some batches of it; how many questions it were."""
        count, done, tries, more = 0, 0, 0, True
        while more and done != batches and tries < _TRIES:
            before = await self._store.round()
            gathered = await self._store.gather(before, self._now() - SETTLED, BATCH)
            kept = await self._clustered(gathered)
            if await self._store.keep(before, kept):
                count, done, more = count + len(kept.joined), done + 1, gathered.more
            else:
                tries += 1  # Another process is at it.
        log.info("unanswered_mined", questions=count)
        return count

    async def run(self) -> None:
        """Look for ever."""
        await for_ever(self._once, LOOK_EVERY, self._pause, "mining_failed")

    async def _once(self) -> None:
        if await self._chores.claim(CHORE, self._now(), EVERY):
            await self.mine()

    async def _clustered(self, gathered: Gathered) -> Kept:
        if not gathered.found:
            return Kept(gathered.mark, gathered.handovers)
        known = await self._store.clusters()
        return await asyncio.to_thread(self._join, gathered, Clustering(known))

    def _join(self, gathered: Gathered, clustering: Clustering) -> Kept:
        if self._featuring is None:
            self._featuring = self._load()
        joined = []
        for one in gathered.found:
            text = masked(" ".join(one.text.split()))[:_LONGEST]
            if features := self._featuring(text):
                joined.append(Joined(replace(one, text=text), clustering.join(features)))
        clustering.merge()
        into = clustering.merged
        moved = (replace(one, cluster=into.get(one.cluster, one.cluster)) for one in joined)
        before = {number: other for number, other in into.items() if number > 0}
        return Kept(gathered.mark, gathered.handovers, tuple(moved), clustering.changed, before)

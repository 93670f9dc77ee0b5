"""The messages that this process works on: one turn after the other, each held by a lease that is renewed."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot import request_id
from bot.assistant.port import Reply
from bot.conversation.insist import Pause, insist
from bot.conversation.ports import Answered, Exchanges, Lease, Receipt, Said, Turn, Waiting
from bot.conversation.signals import Signals

LEASE = timedelta(seconds=4)
"""A message whose process was killed is free before WeChat's first repeat, which comes after five seconds."""

POLL = 0.2
"""Seconds after which one looks again for what other processes did."""

RECEIVING = (0.1, 0.3, 0.6)
WORKING = (0.1, 0.3, 1.0, 2.0, 4.0)
"""Seconds between the tries of a storage that fails, while a message is received and while it is worked on."""

log = structlog.get_logger()


class Work:
    """A message under way. `waiting` deliveries would give the worker its reply now; `recording` says it is coming."""

    def __init__(self, message: Waiting) -> None:
        self.message = message
        self.waiting = 0
        self.recording = False
        self.troubled = False
        self.task: asyncio.Task[Answered]

    def trouble(self, troubled: bool) -> None:
        """Note whether the storage fails at this moment."""
        self.troubled = troubled


Play = Callable[[Work, Turn], Awaitable[Answered | None]]
"""Answers a message in its turn and records that; None where that came to nothing, and the turn is to be begun anew."""


class Works:
    """Starts, holds, resumes and ends works; at most one for a message."""

    def __init__(
        self,
        exchanges: Exchanges,
        signals: Signals,
        play: Play,
        now: Callable[[], datetime],
        pause: Pause,
        poll: float = POLL,
        waited: Callable[[float], None] = lambda _: None,
    ) -> None:
        self.owner = uuid.uuid4().hex
        self._exchanges = exchanges
        self._signals = signals
        self._play = play
        self._now = now
        self._pause = pause
        self._poll = poll
        self._waited = waited
        self._works: dict[int, Work] = {}
        self._closing = False

    async def receive(self, said: Said) -> tuple[Receipt, Work | None]:
        """Record a delivery and begin or join its work; none where it is answered. Raises when it cannot be recorded."""
        receipt = await insist(
            lambda: self._exchanges.receive(said, self._lease()), RECEIVING, self._pause, lambda _: None
        )
        self._signals.notify(said.conversation)
        if receipt.answered is not None:
            return receipt, None
        return receipt, self._begin(Waiting(receipt.id, said), receipt.turn)

    async def tend(self) -> None:
        """Renew the leases of the works, and resume what another process left behind."""
        if self._works:
            await self._exchanges.renew(list(self._works), self._lease())
        if not self._closing:
            for message in await self._exchanges.orphans(self._now()):
                self._begin(message, None)

    async def drain(self, seconds: float) -> None:
        """Take up nothing new, let the works end, and give up those that do not; others may resume them at once."""
        self._closing = True
        tasks = {work.task for work in self._works.values()}
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        left = list(self._works)
        for work in list(self._works.values()):
            work.task.cancel()
        if left:
            await asyncio.gather(*tasks, return_exceptions=True)
            now = self._now()
            await self._exchanges.renew(left, Lease(self.owner, now, now - LEASE))

    def _lease(self) -> Lease:
        now = self._now()
        return Lease(self.owner, now, now + LEASE)

    def _begin(self, message: Waiting, turn: Turn | None) -> Work:
        work = self._works.get(message.id)
        if work is None:
            work = self._works[message.id] = Work(message)
            work.task = asyncio.create_task(self._run(work, turn))
            work.task.add_done_callback(lambda task: self._ended(work, task))
        return work

    def _ended(self, work: Work, task: asyncio.Task[Answered]) -> None:
        del self._works[work.message.id]
        self._signals.notify(work.message.said.conversation)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("conversation_failed", channel=work.message.said.channel, exc_info=error)

    async def _run(self, work: Work, turn: Turn | None) -> Answered:
        conversation, loop = work.message.said.conversation, asyncio.get_running_loop()
        request_id.resumed()
        began = loop.time()
        while True:
            changed = self._signals.watch(conversation)
            try:
                found = turn or await self._take(work)
                if isinstance(found, Turn):
                    self._waited(loop.time() - began)
                answered = await self._play(work, found) if isinstance(found, Turn) else found
            except LookupError:
                return Answered(Reply(()))  # The worker left, and all of his was deleted.
            if answered is not None:
                return answered
            turn = None
            await self._signals.wait(conversation, changed, self._poll)

    async def _take(self, work: Work) -> Turn | Answered | None:
        async def take() -> Turn | Answered | None:
            return await self._exchanges.take(work.message.id, self._lease())

        return await insist(take, WORKING, self._pause, work.trouble)

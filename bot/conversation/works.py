"""The messages that this process works on: one turn after the other, each held by a lease that is renewed."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime, timedelta

import structlog

from bot import request_id
from bot.assistant.port import Reply
from bot.conversation.insist import FOR_EVER, Pause, insist
from bot.conversation.ports import Answered, Exchanges, Lease, Receipt, Said, Turn, Waiting
from bot.conversation.signals import POLL, Lookout, Signals
from bot.conversation.work import Work

LEASE = timedelta(seconds=4)
"""A message whose process was killed is free before WeChat's first repeat, which comes after five seconds."""

RECEIVING = (0.1, 0.3, 0.6)
WORKING = (0.1, 0.3, 1.0, 2.0, 4.0)
"""Seconds between the tries of a storage that fails, while a message is received and until its turn has come."""

log = structlog.get_logger()

Play = Callable[[Work, Turn], Awaitable[Answered | None]]
"""Answers a message in its turn and records that; None where that came to nothing, and the turn is to be begun anew."""

PutBack = Callable[[Work, Reply], Awaitable[None]]
"""Puts a reply that was to be given, and that the channel has let go of meanwhile, on its way past the channel."""


class Works:
    """Starts, holds, resumes and ends works; at most one for a message."""

    def __init__(
        self,
        exchanges: Exchanges,
        signals: Signals,
        play: Play,
        put_back: PutBack,
        now: Callable[[], datetime],
        pause: Pause,
        poll: float = POLL,
        waited: Callable[[float], None] = lambda _: None,
    ) -> None:
        self.owner = uuid.uuid4().hex
        self._exchanges = exchanges
        self._signals = signals
        self._lookout = Lookout(signals, self._ready, poll)
        self._play = play
        self._put_back = put_back
        self._now = now
        self._pause = pause
        self._waited = waited
        self._works: dict[int, Work] = {}
        self._closing = False
        self._lost = False
        self._resumes_at: datetime | None = None

    async def receive(self, said: Said) -> tuple[Receipt, Work | None]:
        """Record a delivery and begin or join its work; none where it is answered. Raises when it cannot be recorded."""
        receipt = await insist(
            lambda: self._exchanges.receive(said, self.lease()), RECEIVING, self._pause, lambda _: None
        )
        self._signals.notify(said.conversation)
        message = Waiting(receipt.id, said)
        if receipt.answered is None:
            return receipt, self._begin(message, lambda work: self._run(work, receipt.turn))
        return receipt, self.fetch(message, receipt.answered) if receipt.answered.late else None

    def fetch(self, message: Waiting, answered: Answered) -> Work:
        """Take a late reply from the outbox, to give it to a delivery that has come for it."""
        return self._begin(message, lambda work: self._fetch(work, answered.reply))

    async def tend(self) -> None:
        """Renew the leases of the works, and resume what another process left behind."""
        try:
            if self._works:
                await self._exchanges.renew(list(self._works), self.lease())
            orphans = [] if self._closing else await self._exchanges.orphans(self._now())
        except Exception:
            self._lost = True
            raise
        if self._lost:
            # While the storage was away nobody could renew his leases: whoever lives does so now.
            self._lost, self._resumes_at = False, self._now() + LEASE
        if self._resumes():
            for message in orphans:
                self._begin(message, lambda work: self._run(work, None))

    async def drain(self, seconds: float) -> None:
        """Take up nothing new, let the works end, and give up those that do not; others may resume them at once."""
        self._closing = True
        tasks = {work.task for work in self._works.values()}
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        await self._lookout.close()
        left = list(self._works)
        for work in list(self._works.values()):
            work.task.cancel()
        if left:
            await asyncio.gather(*tasks, return_exceptions=True)
            now = self._now()
            await self._exchanges.renew(left, Lease(self.owner, now, now - LEASE))

    def lease(self) -> Lease:
        """The lease that a message may be taken with at this moment."""
        now = self._now()
        return Lease(self.owner, now, now + LEASE, self._resumes())

    def _resumes(self) -> bool:
        return not self._lost and (self._resumes_at is None or self._now() >= self._resumes_at)

    async def _ready(self, messages: Sequence[int]) -> Collection[int]:
        return await self._exchanges.ready(messages, self.lease())

    def _begin(self, message: Waiting, run: Callable[[Work], Awaitable[Answered]]) -> Work:
        work = self._works.get(message.id)
        if work is None:
            work = self._works[message.id] = Work(message)
            work.task = asyncio.create_task(self._worked(work, run))
            work.task.add_done_callback(lambda task: self._ended(work, task))
        return work

    def _ended(self, work: Work, task: asyncio.Task[Answered]) -> None:
        del self._works[work.message.id]
        self._signals.notify(work.message.said.conversation)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("conversation_failed", channel=work.message.said.channel, exc_info=error)

    async def _worked(self, work: Work, run: Callable[[Work], Awaitable[Answered]]) -> Answered:
        request_id.resumed()
        answered = await run(work)
        if work.let_go and not work.waiting and not answered.late:
            await self._put_back(work, answered.reply)
        return answered

    async def _fetch(self, work: Work, reply: Reply) -> Answered:
        work.recording = True
        taken = await insist(
            lambda: self._exchanges.show(work.message, self._now()), FOR_EVER, self._pause, work.trouble
        )
        return Answered(reply if taken else Reply(()))

    async def _run(self, work: Work, turn: Turn | None) -> Answered:
        message, loop = work.message, asyncio.get_running_loop()
        began = loop.time()
        while True:
            changed = self._signals.watch(message.said.conversation)
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
            await self._lookout.wait(message.id, message.said.conversation, changed)

    async def _take(self, work: Work) -> Turn | Answered | None:
        return await insist(
            lambda: self._exchanges.take(work.message, self.lease()), WORKING, self._pause, work.trouble
        )

"""Answers each message once, remembers it, and never fails towards the worker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.assistant.port import Assistant, Reply
from bot.conversation.asking import LONGEST_ANSWER, AskingAssistant
from bot.conversation.burst import BURST_WAIT
from bot.conversation.canned import CannedReplies
from bot.conversation.chain import Chain, Privacy, Stopped, Voices
from bot.conversation.insist import Pause
from bot.conversation.memory import TurnMemory
from bot.conversation.ports import Answered, Exchanges, Notices, Receipt, Route, Said, Turn, Waiting
from bot.conversation.signals import POLL, Signals
from bot.conversation.turns import Turns
from bot.conversation.work import Work
from bot.conversation.works import Works
from bot.waiting import for_ever
from policies_kb.model import KnowledgeBase

TEND_EVERY = 1.0
"""Seconds between two rounds of renewing leases and resuming what was left behind; several fit into a lease."""
CONVERSATION_ENDS = timedelta(minutes=35)
"""After so much silence nothing of a conversation is needed: its session, 30 minutes in nlu_data/domain, is over."""
FORGET_EVERY = timedelta(minutes=5)

PATIENCE = LONGEST_ANSWER + 5
"""Seconds after which somebody who waits for all of it is told of trouble; his next try finds the reply."""

_GRACE = 0.6
"""Seconds that a delivery waits longer when its reply is just being recorded; both fit into WeChat's five."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Times:
    """How long things may take, in seconds; tests shorten them."""

    burst_wait: float = BURST_WAIT
    longest_answer: float = LONGEST_ANSWER
    poll: float = POLL
    patience: float = PATIENCE
    pause: Pause = asyncio.sleep


class ConversationService:
    """The seam between the channels and the assistant.

    `memory` is what the assistant remembers with; `routes` are the ways to a worker past a channel's own reply.
    `waited` is told how many seconds each message waited for its turn; `notices` knows who was given the privacy notice;
    `stopped` is what an operator says while the assistant is stopped; `voices` is what other rooms have to say.
    """

    def __init__(
        self,
        assistant: Assistant,
        exchanges: Exchanges,
        memory: TurnMemory,
        knowledge: Callable[[], KnowledgeBase],
        now: Callable[[], datetime],
        routes: Mapping[str, Route] | None = None,
        times: Times | None = None,
        waited: Callable[[float], None] = lambda _: None,
        notices: Notices | None = None,
        stopped: Callable[[], str | None] = lambda: None,
        voices: Voices | None = None,
    ) -> None:
        times, voices = times or Times(), voices or Voices()
        signals = Signals()
        self._exchanges = exchanges
        self._now = now
        self._pause = times.pause
        self._patience = times.patience
        self._memory = memory
        self._forget_at = now()
        self.canned = CannedReplies(knowledge, stopped)
        answerers = (Privacy(self.canned), *voices.always, Stopped(self.canned), *voices.others)
        last = AskingAssistant(assistant, memory, self.canned, times.longest_answer)
        self._turns = Turns(
            Chain(answerers, last, voices.additions),
            exchanges,
            self.canned,
            routes or {},
            signals,
            now,
            times.pause,
            times.burst_wait,
            times.poll,
            notices,
        )
        self._works = Works(exchanges, signals, self._play, self._turns.put_back, now, times.pause, times.poll, waited)

    async def answer(self, channel: str, sender: str, key: str, text: str) -> Reply:
        """Answer a message once for its key; a repeat, also a concurrent one, gets the same reply. Never raises.

        A fragment that the next message takes up gets a reply without messages.
        """
        try:
            delivery = await self.receive(Said(channel, sender, key, text))
        except Exception:
            log.exception("conversation_failed", channel=channel, characters=len(text))
            return self.canned.trouble(text)
        reply = await delivery.reply(self._patience)
        return self.canned.trouble(text) if reply is None else reply

    async def receive(self, said: Said) -> Delivery:
        """Record a delivery of a message and begin or join its work; raises when it cannot be recorded."""
        receipt, work = await self._works.receive(said)
        return Delivery(self, Waiting(receipt.id, said), receipt, work)

    async def forget(self, channel: str, sender: str) -> None:
        """Delete what is known of a sender who leaves."""
        erased = await self._exchanges.forget(channel, sender, "left", self._now())
        log.info("data_erased", why="left", proof=erased.proof, **erased.counts)

    async def tend(self) -> None:
        """Renew leases, resume what another process left behind, and forget the conversations that have ended."""
        await self._works.tend()
        now = self._now()
        if now >= self._forget_at:
            await self._memory.forget_before(now - CONVERSATION_ENDS)
            self._forget_at = now + FORGET_EVERY

    async def run(self) -> None:
        """Tend for ever."""
        await for_ever(self.tend, TEND_EVERY, self._pause, "tending_failed")

    async def drain(self, seconds: float) -> None:
        """Let what is under way end; what does not is left to other processes, or to the next start."""
        with suppress(Exception):
            await self._works.drain(seconds)

    def fetch(self, message: Waiting, answered: Answered) -> Work:
        """Take a late reply from the outbox, to give it to a delivery that has come for it."""
        return self._works.fetch(message, answered)

    async def _play(self, work: Work, turn: Turn) -> Answered | None:
        return await self._turns.play(work, turn, self._works.lease)


class Delivery:
    """One delivery of a message; `number` counts from 1."""

    def __init__(self, service: ConversationService, message: Waiting, receipt: Receipt, work: Work | None) -> None:
        self._service = service
        self._message = message
        self._receipt = receipt
        self._work = work

    @property
    def number(self) -> int:
        """Which delivery of its message this is."""
        return self._receipt.delivery

    @property
    def coming(self) -> bool:
        """Whether the reply is just being recorded as given, so that a repeat of the delivery will find it."""
        return self._work is not None and self._work.recording and not self._work.task.done()

    def let_go(self) -> None:
        """The delivery is acknowledged without its reply, which has to reach the worker in another way."""
        if self._work is not None:
            self._work.let_go = max(self._work.let_go, self.number)

    async def reply(self, within: float | None = None) -> Reply | None:
        """The reply; None when it is not there after some seconds. Never raises.

        A reply without messages says nothing here: another message takes this one up, or the reply is on its way.
        """
        loop = asyncio.get_running_loop()
        until = None if within is None else loop.time() + within
        try:
            answered = await self._answered(within)
            if answered is not None and answered.late:
                self._work = self._service.fetch(self._message, answered)
                answered = await self._answered(None if until is None else max(until - loop.time(), 0))
        except Exception as error:
            # The work itself has logged what happened to it.
            log.warning("delivery_failed", error=type(error).__name__)
            return self._trouble()
        if answered is None and self._work is not None and self._work.troubled:
            self.let_go()
            return self._trouble()
        return None if answered is None else answered.reply

    def _trouble(self) -> Reply:
        return self._service.canned.trouble(self._message.said.text)

    async def _answered(self, within: float | None) -> Answered | None:
        work = self._work
        if work is None:
            return self._receipt.answered
        work.waiting += 1
        try:
            await asyncio.wait({work.task}, timeout=within)
            if work.recording and not work.task.done():
                await asyncio.wait({work.task}, timeout=_GRACE)
        finally:
            work.waiting -= 1
        return work.task.result() if work.task.done() and not work.task.cancelled() else None

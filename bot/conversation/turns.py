"""Plays the turn of one message: asks the assistant, and records reply, state and what is owed in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import structlog

from bot.assistant.port import Assistant, Reply
from bot.conversation import burst
from bot.conversation.canned import CannedReplies
from bot.conversation.insist import Pause, insist
from bot.conversation.memory import TurnMemory
from bot.conversation.owed import Given, give
from bot.conversation.ports import Answered, Completion, Erased, Exchanges, Notices, Route, Said, Turn, Waiting
from bot.conversation.signals import Signals
from bot.conversation.works import POLL, WORKING, Work

LONGEST_ANSWER = 20.0
"""Seconds after which an assistant that does not answer is taken to hang; longer than all of WeChat's repeats last."""

NOTICED_CHANNELS = frozenset(("wechat",))
"""The web page shows the privacy notice itself."""

log = structlog.get_logger()


class Turns:
    """Answers messages; what it records it records once, and only while the message is this process's."""

    def __init__(
        self,
        assistant: Assistant,
        exchanges: Exchanges,
        memory: TurnMemory,
        canned: CannedReplies,
        routes: Mapping[str, Route],
        signals: Signals,
        now: Callable[[], datetime],
        pause: Pause,
        burst_wait: float = burst.BURST_WAIT,
        longest_answer: float = LONGEST_ANSWER,
        poll: float = POLL,
        notices: Notices | None = None,
    ) -> None:
        self._assistant = assistant
        self._exchanges = exchanges
        self._memory = memory
        self._canned = canned
        self._routes = routes
        self._signals = signals
        self._now = now
        self._pause = pause
        self._burst_wait = burst_wait
        self._longest_answer = longest_answer
        self._poll = poll
        self._notices = notices

    async def play(self, owner: str, work: Work, turn: Turn) -> Answered | None:
        """Answer a message in its turn and record that; None as in `Exchanges.complete`."""
        said = work.message.said
        if turn.owed and self._canned.asks_for_owed(said):
            return await self._record(owner, work, turn, None, None)
        if said.canned is None and self._canned.privacy.confirmed(said.text):
            return await self._erase(said, work)
        text = burst.joined(turn.fragment, said.text)
        reply, state = await self._reply(said, text, turn.state)
        if work.waiting and self._burst_wait and said.canned is None and burst.may_go_on(said.channel, text, reply):
            later = await self._rest_of(work.message)
            done = Completion(Reply((), reply.understanding), None, self._now())
            if later is not None and await self._exchanges.join(work.message, owner, later, text, done):
                return Answered(done.reply)
        reply = await self._with_notice(said, reply)
        answered = await self._record(owner, work, turn, reply, state)
        if answered is not None:
            _log(said, reply)
        return answered

    async def _erase(self, said: Said, work: Work) -> Answered:
        """Delete all that is kept of the worker, his confirmation with it: there is nothing left to record."""

        async def forget() -> Erased:
            return await self._exchanges.forget(said.channel, said.sender, "asked", self._now())

        erased = await insist(forget, WORKING, self._pause, work.trouble)
        log.info("data_erased", why="asked", proof=erased.proof, **erased.counts)
        return Answered(self._canned.privacy.erased(erased))

    async def _with_notice(self, said: Said, reply: Reply) -> Reply:
        """The privacy notice comes with the first reply, but never before urgent words."""
        if self._notices is None or said.channel not in NOTICED_CHANNELS or reply.urgent or not reply.messages:
            return reply
        try:
            first = await self._notices.first(said.conversation, self._now())
        except Exception as error:
            log.warning("notice_failed", error=type(error).__name__)
            return reply
        return self._canned.privacy.with_notice(reply) if first else reply

    async def _reply(self, said: Said, text: str, state: bytes | None) -> tuple[Reply, bytes | None]:
        """The reply and the conversation's new state, None where that has not changed; what is urgent comes first."""
        urgent = self._canned.urgent(text)
        if urgent is not None and not urgent.answered:
            return urgent.reply, None
        if said.canned is None and (told := self._canned.privacy(text)) is not None:
            return told, None
        if said.canned is None and (stopped := self._canned.stopped()) is not None:
            return stopped if urgent is None else urgent.added_to(stopped), None
        reply, state = await self._answer(said, text, state)
        return reply if urgent is None else urgent.added_to(reply), state

    async def _answer(self, said: Said, text: str, state: bytes | None) -> tuple[Reply, bytes | None]:
        canned = said.canned or self._canned.refusal(text)
        if canned is not None:
            return self._canned(canned), None
        with self._memory.turn(said.conversation, state) as remembered:
            try:
                reply = await asyncio.wait_for(self._assistant.ask(said.conversation, text), self._longest_answer)
            except Exception:
                log.exception("conversation_failed", channel=said.channel, characters=len(text))
                return self._canned("trouble"), None
        return reply, None if remembered.state is state else remembered.state

    async def _rest_of(self, message: Waiting) -> int | None:
        """The next message, if it comes within the time that a fragment waits for, and is not a choice by itself."""
        conversation, loop = message.said.conversation, asyncio.get_running_loop()
        until = loop.time() + self._burst_wait
        while True:
            changed = self._signals.watch(conversation)
            later = await self._exchanges.later(message)
            if later is not None:
                return None if self._canned.stands_alone(later.said) else later.id
            left = until - loop.time()
            if left <= 0:
                return None
            await self._signals.wait(conversation, changed, min(left, self._poll))

    async def _record(
        self, owner: str, work: Work, turn: Turn, own: Reply | None, state: bytes | None
    ) -> Answered | None:
        route = self._routes.get(work.message.said.channel)
        in_time = work.waiting > 0 and not turn.sending
        if in_time or route is None:
            done = await self._in_time(route, turn, own, state)
        else:
            done = await self._late(route, turn, own, state)
        done = replace(done, urgent=own.urgent if own else None)
        work.recording = in_time
        kept = await insist(
            lambda: self._exchanges.complete(work.message, owner, done), WORKING, self._pause, work.trouble
        )
        if not kept:
            return None
        if in_time and route is not None and not work.waiting:
            # It took so long to record that the channel has gone without it.
            await self._exchanges.post(work.message.id, await route.post(done.reply), self._now())
            done = replace(done, late=True)
        if route is not None and (done.late or done.post is not None):
            route.wake()
        return Answered(done.reply, done.late)

    async def _in_time(self, route: Route | None, turn: Turn, own: Reply | None, state: bytes | None) -> Completion:
        if route is None or not turn.owed:
            return Completion(own or Reply(()), state, self._now())
        given: Given = give(turn.owed, own, route.fits, self._canned.words())
        post = await route.post(own) if own is not None and given.own_waits else None
        return Completion(given.reply, state, self._now(), shown=given.shown, post=post)

    async def _late(self, route: Route, turn: Turn, own: Reply | None, state: bytes | None) -> Completion:
        shown: tuple[int, ...] = ()
        if own is None:
            # Asked for what is owed, and gone again: it becomes the answer to the asking, whose repeat may fetch it.
            given = give(turn.owed, None, route.fits, self._canned.words())
            own, shown = given.reply, given.shown
        return Completion(own, state, self._now(), shown=shown, post=await route.post(own), late=True)


def _log(said: Said, reply: Reply) -> None:
    understood = reply.understanding
    log.info(
        "message_answered",
        channel=said.channel,
        characters=len(said.text),
        intent=understood.intent if understood else None,
        label=understood.label if understood else None,
        confidence=round(understood.confidence, 2) if understood else None,
        urgent=reply.urgent,
    )

"""Plays the turn of one message: has it answered, and records reply, state and what is owed in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

import structlog

from bot.assistant.port import Reply
from bot.conversation import burst
from bot.conversation.canned import CannedReplies
from bot.conversation.chain import Chain, Heard, Told
from bot.conversation.insist import FOR_EVER, Pause, insist
from bot.conversation.owed import Given, give
from bot.conversation.ports import Answered, Completion, Erased, Exchanges, Lease, Notices, Outdated, Route, Said, Turn
from bot.conversation.signals import POLL, Signals
from bot.conversation.work import NobodyWaits, Work
from bot.waiting import occurs

NOTICED_CHANNELS = frozenset(("wechat",))
"""The web page shows the privacy notice itself."""

log = structlog.get_logger()


class Turns:
    """Answers messages; what it records it records once, and only while the message is this process's."""

    def __init__(
        self,
        chain: Chain,
        exchanges: Exchanges,
        canned: CannedReplies,
        routes: Mapping[str, Route],
        signals: Signals,
        now: Callable[[], datetime],
        pause: Pause,
        burst_wait: float = burst.BURST_WAIT,
        poll: float = POLL,
        notices: Notices | None = None,
    ) -> None:
        self._chain = chain
        self._exchanges = exchanges
        self._canned = canned
        self._routes = routes
        self._signals = signals
        self._now = now
        self._pause = pause
        self._burst_wait = burst_wait
        self._poll = poll
        self._notices = notices

    async def play(self, work: Work, turn: Turn, lease: Callable[[], Lease]) -> Answered | None:
        """Answer a message in its turn and record that; None where the message was lost to another process."""
        said, owner = work.message.said, lease().owner
        if turn.owed and self._canned.asks_for_owed(said):
            return await self._record(work, turn, None, lease)
        if said.canned is None and self._canned.privacy.confirmed(said.text):
            return await self._erase(said, work)
        text = burst.joined(turn.fragment, said.text)
        told = await self._chain(Heard(said, text, turn, self._canned.urgent(text)))
        reply = told.reply
        if work.waiting and self._burst_wait and said.canned is None and burst.may_go_on(said.channel, text, reply):
            done = Completion(Reply((), reply.understanding), None, self._now())
            if await self._joined(work, owner, text, done):
                return Answered(done.reply)
        told = replace(told, reply=await self._with_notice(said, reply))
        answered = await self._record(work, turn, told, lease)
        if answered is not None:
            _log(said, told.reply)
        return answered

    async def put_back(self, work: Work, reply: Reply) -> None:
        """Put a reply that was to be given, and that the channel has let go of meanwhile, into the outbox."""
        route = self._routes.get(work.message.said.channel)
        if route is None or not reply.messages:
            return

        async def post() -> None:
            post = await route.post(reply)
            await self._exchanges.post(work.message, work.let_go, post, self._now())

        await insist(post, FOR_EVER, self._pause, work.trouble)
        route.wake()

    async def _erase(self, said: Said, work: Work) -> Answered:
        """Delete all that is kept of the worker, his confirmation with it: there is nothing left to record."""

        async def forget() -> Erased:
            return await self._exchanges.forget(said.channel, said.sender, "asked", self._now())

        erased = await insist(forget, FOR_EVER, self._pause, work.trouble)
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

    async def _joined(self, work: Work, owner: str, text: str, done: Completion) -> bool:
        """Whether the rest of a fragment comes within the time that it waits for, and takes it up."""

        async def join() -> bool | None:
            later = await self._exchanges.later(work.message)
            if later is None:
                return None
            if self._canned.stands_alone(later.said):
                return False
            return await self._exchanges.join(work.message, owner, later.id, text, done)

        loop = asyncio.get_running_loop()
        until = loop.time() + self._burst_wait
        while True:
            changed = self._signals.watch(work.message.said.conversation)
            joined = await insist(join, FOR_EVER, self._pause, work.trouble)
            left = until - loop.time()
            if joined is not None or left <= 0:
                return bool(joined)
            # What comes to this process is seen at once, what comes to another one when one looks again.
            await occurs(changed, min(left, self._poll))

    async def _record(self, work: Work, turn: Turn, told: Told | None, lease: Callable[[], Lease]) -> Answered | None:
        """Record the reply; the question is not asked again, whatever happens to the storage meanwhile.

        None where the turn is to be begun anew: the message was lost, or what goes beside the reply no longer fits.
        """
        route = self._routes.get(work.message.said.channel)
        current = turn

        async def record() -> Answered | None:
            nonlocal current
            while True:
                try:
                    answered = await self._recorded(route, work, current, told, lease().owner)
                except Outdated:
                    return None
                if answered is not None:
                    return answered
                # Lost to another process, or a repeat has fetched what was to be shown.
                found = await self._exchanges.take(work.message, lease())
                if not isinstance(found, Turn) or told is None:
                    return found if not isinstance(found, Turn) else None
                current = found

        return await insist(record, FOR_EVER, self._pause, work.trouble)

    async def _recorded(
        self, route: Route | None, work: Work, turn: Turn, told: Told | None, owner: str
    ) -> Answered | None:
        if route is None:
            given = self._given(turn, told, lambda _: True)
            done = replace(_completion(told, given.reply, self._now()), shown=given.shown)
            return await self._exchanges.complete(work.message, owner, done)
        with suppress(NobodyWaits):
            if turn.sending:
                raise NobodyWaits
            work.confirm()
            done = await self._in_time(route, turn, told)
            answered = await self._exchanges.complete(work.message, owner, done, work.confirm)
            if done.post is not None:
                route.wake()
            return answered
        done = await self._late(route, turn, told)
        answered = await self._exchanges.complete(work.message, owner, done)
        route.wake()
        return answered

    async def _in_time(self, route: Route, turn: Turn, told: Told | None) -> Completion:
        given = self._given(turn, told, route.fits)
        post = await route.post(told.reply) if told is not None and given.own_waits else None
        return replace(_completion(told, given.reply, self._now()), shown=given.shown, post=post)

    def _given(self, turn: Turn, told: Told | None, fits: Callable[[Reply], bool]) -> Given:
        own = told.reply if told else None
        if not turn.owed:
            return Given(own or Reply(()), ())
        return give(turn.owed, own, fits, self._canned.words())

    async def _late(self, route: Route, turn: Turn, told: Told | None) -> Completion:
        own = told.reply if told else None
        shown: tuple[int, ...] = ()
        if own is None:
            # Asked for what is owed, and gone again: it becomes the answer to the asking, whose repeat may fetch it.
            given = give(turn.owed, None, route.fits, self._canned.words())
            own, shown = given.reply, given.shown
        post = await route.post(own)
        return replace(_completion(told, own, self._now()), shown=shown, post=post, late=True)


def _completion(told: Told | None, shown: Reply, at: datetime) -> Completion:
    """The completion by what was told, shown as it is given to the worker."""
    if told is None:
        return Completion(shown, None, at, urgent=shown.urgent)
    return Completion(shown, told.state, at, urgent=told.reply.urgent, beside=told.beside)


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

"""Sends what stands in the outbox, each worker's messages in order, and records what became of each."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.assistant.port import Message, Reply
from bot.conversation.insist import FOR_EVER, Pause, insist
from bot.waiting import occurs
from bot.wechat.account import OfficialAccount
from bot.wechat.client import WeChatError
from bot.wechat.endings import NO_RIGHT, TOO_LONG, Ending, State, ending
from bot.wechat.quota import Ledger, left
from bot.wechat.text import letters

AT_ONCE = 10
LOOK_EVERY = 1.0
TYPING_LASTS = timedelta(seconds=15)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Letter:
    """A row of the outbox that this process is to send; without a reply it is the sign that one is being written.

    `of_person`: somebody of the hotline wrote it.
    """

    id: int
    openid: str
    reply: Reply | None
    attempts: int
    created_at: datetime
    ledger: Ledger
    of_person: bool = False


class Outbox(Protocol):
    """The rows, shared by all processes."""

    async def claim(self, now: datetime, most: int) -> Sequence[Letter]:
        """Take the first due letter of some workers.

        What another process took long ago and never recorded becomes unknown.
        """

    async def record(self, letter: int, state: State, at: datetime, code: int | None, due_at: datetime) -> None:
        """What became of a letter."""

    async def split(self, letter: int, replies: Sequence[Reply], at: datetime) -> None:
        """Put smaller ones in its place."""

    async def park_all(self) -> None:
        """Send nothing more that is queued."""


class Client(Protocol):
    """WeChat's API."""

    async def send(self, openid: str, message: Message) -> None:
        """Send a message; raise WeChatError."""

    async def show_typing(self, openid: str) -> None:
        """Show that an answer is being written; raise WeChatError."""


class Sender:
    """Works through the outbox.

    A letter is marked as being sent before the call, and its end is recorded after. A process that dies between the two
    leaves the mark, and the letter becomes unknown: it is not sent again by itself. This errs towards not sending, since
    a message that comes twice out of the blue confuses, while one that did not come is given with the worker's next reply.
    """

    def __init__(
        self,
        outbox: Outbox,
        client: Client,
        account: OfficialAccount,
        now: Callable[[], datetime],
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._outbox = outbox
        self._client = client
        self._account = account
        self._now = now
        self._pause = pause
        self._woken = asyncio.Event()
        self._closing = False

    def wake(self) -> None:
        """Look into the outbox at once."""
        self._woken.set()

    async def run(self) -> None:
        """Send until `close`."""
        while not self._closing:
            self._woken.clear()
            try:
                if await self.send_due():
                    continue
            except Exception as error:
                log.error("outbox_failed", error=type(error).__name__)  # noqa: TRY400 - A lost database needs no trace.
            if not self._closing:
                await occurs(self._woken, LOOK_EVERY)

    def close(self) -> None:
        """Let `run` end when what is being sent is recorded."""
        self._closing = True
        self._woken.set()

    async def send_due(self) -> int:
        """Send what is due now, and return how many letters that were."""
        due = await self._outbox.claim(self._now(), AT_ONCE)
        await asyncio.gather(*map(self._send, due))
        return len(due)

    async def _send(self, letter: Letter) -> None:
        if letter.reply is None:
            await self._show_typing(letter)
        elif left(letter.ledger, self._now(), letter.of_person) <= 0:
            await self._record(letter, Ending("parked"), None)
        else:
            try:
                await self._client.send(letter.openid, letter.reply.messages[0])
            except WeChatError as error:
                await self._refused(letter, letter.reply, error)
            else:
                await self._record(letter, Ending("sent"), 0)

    async def _show_typing(self, letter: Letter) -> None:
        if self._now() >= letter.created_at + TYPING_LASTS:
            await self._record(letter, Ending("failed"), None)
            return
        try:
            await self._client.show_typing(letter.openid)
        except WeChatError as error:
            await self._record(letter, Ending("failed"), error.code)
        else:
            await self._record(letter, Ending("sent"), 0)

    async def _refused(self, letter: Letter, reply: Reply, error: WeChatError) -> None:
        if error.code == TOO_LONG and len(smaller := _halves(reply)) > 1:
            await self._insist(lambda: self._outbox.split(letter.id, smaller, self._now()))
            return
        await self._record(letter, ending(error, letter.attempts), error.code)
        if error.code in NO_RIGHT:
            await self._insist(lambda: self._account.fall_back(error.code or 0))
            await self._insist(self._outbox.park_all)

    async def _record(self, letter: Letter, end: Ending, code: int | None) -> None:
        now = self._now()
        log.info("outbox_letter", state=end.state, code=code, attempts=letter.attempts)
        # A letter that was sent, and is not known to be, would be given to the worker once more.
        await self._insist(lambda: self._outbox.record(letter.id, end.state, now, code, now + end.after))

    async def _insist(self, call: Callable[[], Awaitable[None]]) -> None:
        await insist(call, FOR_EVER, self._pause, lambda _: None)


def _halves(reply: Reply) -> tuple[Reply, ...]:
    size = max(len(message.text.encode()) for message in reply.messages)
    return letters(reply, limit=max(size // 2 + 4, 8))

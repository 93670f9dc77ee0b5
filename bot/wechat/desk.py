"""Answers a delivery within WeChat's five seconds, or sees to it that the answer reaches the worker later.

WeChat delivers a message that is not answered within five seconds again, three times in all, and gives up. A verified
account acknowledges in time and sends the answer as a message of its own. Any other lets a delivery lapse, answers the
next with the same work, and puts a word in the last one's reply that fetches the answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import structlog

from bot.assistant.port import Reply
from bot.conversation.ports import Said
from bot.wechat.dispatch import CHANNEL, Unfollowed, dispatch
from bot.wechat.messages import Incoming
from bot.wechat.ports import Account, Conversation, Delivery, Typing

LAST_DELIVERY = 3
HANGS_UP = 6.0
"""Seconds after which WeChat has certainly given a delivery up."""

_LAST_SECONDS = 0.3
"""For the acknowledgement: with the longest budget, and what a reply that is coming is waited for, less than five."""

_log = structlog.get_logger(__name__)


class Desk:
    """Replies within `budget` seconds; `pseudonym` names the worker of a channel; `pause` waits."""

    def __init__(
        self,
        conversation: Conversation,
        account: Account,
        typing: Typing,
        budget: float,
        pseudonym: Callable[[str, str], str],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._conversation = conversation
        self._account = account
        self._typing = typing
        self._budget = budget
        self._pseudonym = pseudonym
        self._pause = pause

    async def reply_to(self, incoming: Incoming) -> Reply | None:
        """The passive reply to a delivery; None for a mere acknowledgement."""
        sender = self._pseudonym(CHANNEL, incoming.from_user)
        said = dispatch(incoming, sender)
        match said:
            case None:
                return None
            case Unfollowed():
                await self._conversation.forget(CHANNEL, sender)
                return None
        until = asyncio.get_running_loop().time() + self._budget
        receiving = asyncio.create_task(self._receive(said))
        # Not cancelled: what may have been recorded must also be worked on.
        await asyncio.wait({receiving}, timeout=self._budget)
        if not receiving.done():
            receiving.add_done_callback(_note_failure)
            return self._conversation.canned.trouble(said.text)
        delivery = receiving.result()
        reply = await delivery.reply(max(until - asyncio.get_running_loop().time(), 0))
        return reply if reply is not None else await self._too_late(said, delivery)

    async def _receive(self, said: Said) -> Delivery:
        return await self._conversation.receive(said)

    async def _too_late(self, said: Said, delivery: Delivery) -> Reply | None:
        repeated = delivery.number < LAST_DELIVERY
        if delivery.coming and repeated:
            # Nobody can say yet whether the repeat will find the reply: an acknowledgement could lose it.
            return await self._lapse()
        delivery.let_go()
        sending = asyncio.create_task(self._sends_later(said))
        await asyncio.wait({sending}, timeout=_LAST_SECONDS)
        if not sending.done():
            sending.add_done_callback(_note_failure)
            return self._conversation.canned("trouble")
        if sending.result():
            return None
        return await self._lapse() if repeated else self._conversation.canned.still_looking()

    async def _sends_later(self, said: Said) -> bool:
        """Whether the answer will be a message of its own, which the worker is shown to be in the making."""
        if not await self._account.may_send():
            return False
        with suppress(Exception):
            await self._typing.show(said)
        return True

    async def _lapse(self) -> Reply:
        """An answer to this delivery would be the last word: WeChat repeats only what it had to hang up on."""
        await self._pause(HANGS_UP - self._budget)
        return self._conversation.canned.still_looking()


def _note_failure(task: asyncio.Task[Any]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.error("wechat_not_recorded", error=type(error).__name__)

"""The ways of a reply that is too late for WeChat's five seconds: a message of our own, or the worker comes for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.assistant.port import Reply
from bot.conversation.ports import Media, MediaGone, Post
from bot.wechat.account import OfficialAccount
from bot.wechat.text import fits, letters


class WeChatRoute:
    """`hint` is what stands below numbered choices; `wake` tells the sender that there is something to send.

    `fetch` gets what workers send beside words, where the account may.
    """

    def __init__(
        self,
        account: OfficialAccount,
        hint: Callable[[], str],
        wake: Callable[[], None],
        fetch: Callable[[str], Awaitable[Media]] | None = None,
    ) -> None:
        self._account = account
        self._hint = hint
        self._wake = wake
        self._fetch = fetch

    async def post(self, reply: Reply) -> Post:
        """Queued where the account may send, else parked."""
        return Post(letters(reply), "queued" if await self._account.may_send() else "parked")

    async def media(self, name: str) -> Media:
        """A picture or a recording of a worker; raises MediaGone."""
        if self._fetch is None:
            raise MediaGone
        return await self._fetch(name)

    def fits(self, reply: Reply) -> bool:
        """Whether one passive reply can hold it."""
        return fits(reply, self._hint())

    def wake(self) -> None:
        """Something was put into the outbox."""
        self._wake()

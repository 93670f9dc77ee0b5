"""What the webhook needs of the rest of the service."""

from __future__ import annotations

from typing import Protocol

from bot.assistant.port import Reply
from bot.conversation.ports import Said


class Delivery(Protocol):
    """One delivery of a message that is recorded."""

    @property
    def number(self) -> int:
        """Which delivery of its message this is, from 1."""

    @property
    def coming(self) -> bool:
        """Whether the reply is just being recorded as given, so that a repeat of the delivery will find it."""

    def let_go(self) -> None:
        """The delivery is acknowledged without its reply, which has to reach the worker in another way."""

    async def reply(self, within: float | None = None) -> Reply | None:
        """The reply, the same for each delivery; None when it is not there after some seconds. Never raises."""


class Canned(Protocol):
    """The replies that are not answers."""

    def __call__(self, name: str) -> Reply:
        """The canned reply of that name, with its example questions as options."""

    def trouble(self, text: str) -> Reply:
        """Says that nothing works, to somebody who wrote `text`."""

    def still_looking(self) -> Reply:
        """Says that the answer is not there yet, with the word that fetches it as an option."""


class Conversation(Protocol):
    """Talks to the people of every channel; `sender` is what they are called here."""

    @property
    def canned(self) -> Canned:
        """The replies that are not answers."""

    async def receive(self, said: Said) -> Delivery:
        """Record a delivery and begin or join the work on its message; raises when it cannot be recorded."""

    async def forget(self, channel: str, sender: str) -> None:
        """Delete what is stored of the sender, as WeChat demands when he unfollows the account."""


class Account(Protocol):
    """The official account's rights."""

    async def may_send(self) -> bool:
        """Whether customer-service messages reach workers at present."""


class Typing(Protocol):
    """Shows workers that their answer is being written."""

    async def show(self, said: Said) -> None:
        """Show it to the sender of a message, soon."""

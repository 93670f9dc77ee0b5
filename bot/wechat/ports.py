"""What the webhook needs of the rest of the service."""

from __future__ import annotations

from typing import Protocol

from bot.assistant.port import Reply


class Conversation(Protocol):
    """Talks to the people of every channel; `sender` is whom the channel says they are."""

    async def answer(self, channel: str, sender: str, key: str, text: str) -> Reply:
        """The reply to `text`, made once for a `key`: a repeat, also a concurrent one, gets the same. Never raises."""

    async def forget(self, channel: str, sender: str) -> None:
        """Delete what is stored of the sender, as WeChat demands when he unfollows the account."""

    def canned(self, name: str) -> Reply:
        """The canned reply of that name, with its example questions as options."""

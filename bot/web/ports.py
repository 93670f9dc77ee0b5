"""What the website channel needs of the rest of the service."""

from __future__ import annotations

from typing import Protocol

from bot.assistant.port import Reply


class Conversation(Protocol):
    """Talks to the people of every channel; `sender` is whom the channel says they are."""

    async def answer(self, channel: str, sender: str, key: str, text: str) -> Reply:
        """The reply to `text`, made once for each `key`, so that a repeat gets the same reply. Never raises."""

    def canned(self, name: str) -> Reply:
        """The canned reply of that name, with its example questions as options."""

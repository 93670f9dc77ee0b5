"""Shows a worker that his answer is being written, through the outbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bot.conversation.ports import Said


class TypingOutbox(Protocol):
    """Where the sign is put."""

    async def add_typing(self, said: Said, at: datetime) -> None:
        """Put in the sign for the sender of a message."""


class OutboxTyping:
    """The sign as a row of the outbox, like any other message."""

    def __init__(self, outbox: TypingOutbox, now: Callable[[], datetime], wake: Callable[[], None]) -> None:
        self._outbox = outbox
        self._now = now
        self._wake = wake

    async def show(self, said: Said) -> None:
        """Put the sign into the outbox and wake its sender."""
        await self._outbox.add_typing(said, self._now())
        self._wake()

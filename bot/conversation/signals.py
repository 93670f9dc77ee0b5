"""Tells those who wait for a conversation that something happened in it."""

from __future__ import annotations

import asyncio

from bot.waiting import occurs


class Signals:
    """Wakes within this process at once; what other processes do is seen when the waiter looks again."""

    def __init__(self) -> None:
        self._events: dict[str, asyncio.Event] = {}

    def watch(self, conversation: str) -> asyncio.Event:
        """What will be set by the next `notify`; take it before looking, so that nothing is missed."""
        return self._events.setdefault(conversation, asyncio.Event())

    def notify(self, conversation: str) -> None:
        """Wake all who watch the conversation."""
        event = self._events.pop(conversation, None)
        if event is not None:
            event.set()

    async def wait(self, conversation: str, event: asyncio.Event, seconds: float) -> None:
        """Return when the event is set, or after some seconds."""
        if not await occurs(event, seconds):
            # Whoever else watches it looks again too early, which does no harm; nobody's event is left behind.
            self.notify(conversation)

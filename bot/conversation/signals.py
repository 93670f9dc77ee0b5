"""Tells those who wait for a conversation that something happened in it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence

import structlog

POLL = 0.2
"""Seconds after which one looks again for what other processes did."""

log = structlog.get_logger()


class Signals:
    """Wakes within this process at once."""

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


class Lookout:
    """Sees what other processes do: looks every `seconds` for all messages that wait here, and never if none does.

    `ready` gives those of some messages for which it is worth to try again.
    """

    def __init__(
        self, signals: Signals, ready: Callable[[Sequence[int]], Awaitable[Collection[int]]], seconds: float
    ) -> None:
        self._signals = signals
        self._ready = ready
        self._seconds = seconds
        self._waiting: dict[int, str] = {}
        self._looking: asyncio.Task[None] | None = None

    async def wait(self, message: int, conversation: str, changed: asyncio.Event) -> None:
        """Return when the event of the conversation is set, by this process or because of another."""
        self._waiting[message] = conversation
        if self._looking is None:
            self._looking = asyncio.create_task(self._look())
        try:
            await changed.wait()
        finally:
            del self._waiting[message]

    async def close(self) -> None:
        """Look no more."""
        if (looking := self._looking) is not None:
            looking.cancel()
            await asyncio.wait({looking})

    async def _look(self) -> None:
        try:
            while True:
                await asyncio.sleep(self._seconds)
                if not self._waiting:
                    return
                try:
                    ready = await self._ready(list(self._waiting))
                except Exception as error:
                    log.warning("storage_failed", error=type(error).__name__)
                    continue
                for message in ready:
                    if (conversation := self._waiting.get(message)) is not None:
                        self._signals.notify(conversation)
        finally:
            self._looking = None

"""Times an assistant from within its process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from time import perf_counter

import psutil

from tests.benchmarks.questions import Conversation
from tests.benchmarks.subject import Subject


class Session:
    """A loaded assistant and its event loop."""

    def __init__(self, opened: Callable[[], AbstractAsyncContextManager[Subject]]) -> None:
        started = perf_counter()
        self._loop = asyncio.new_event_loop()
        self._exit = AsyncExitStack()
        self._subject = self._loop.run_until_complete(self._exit.enter_async_context(opened()))
        self._seconds = perf_counter() - started
        self._conversations = 0

    def opening_seconds(self) -> float:
        """How long it took to import and load everything."""
        return self._seconds

    def chat(self, conversations: Sequence[Conversation]) -> list[list[float]]:
        """Seconds of each message; every conversation is a new one."""
        return self._loop.run_until_complete(self._chat(conversations))

    def parse(self, texts: Sequence[str]) -> list[float]:
        """Seconds to understand each text."""
        return self._loop.run_until_complete(self._parse(texts))

    def labels(self, texts: Sequence[str]) -> list[str]:
        """What each text is understood as."""
        return self._loop.run_until_complete(self._labels(texts))

    def memory(self) -> int:
        """Resident bytes of this process."""
        return int(psutil.Process().memory_info().rss)

    def close(self) -> None:
        """Close what the assistant holds open."""
        self._loop.run_until_complete(self._exit.aclose())
        self._loop.close()

    async def _chat(self, conversations: Sequence[Conversation]) -> list[list[float]]:
        found = []
        for turns in conversations:
            self._conversations += 1
            found.append([await self._answer(f"bench-{self._conversations}", text) for text in turns])
        return found

    async def _answer(self, conversation: str, text: str) -> float:
        started = perf_counter()
        await self._subject.answer(conversation, text)
        return perf_counter() - started

    async def _parse(self, texts: Sequence[str]) -> list[float]:
        found = []
        for text in texts:
            started = perf_counter()
            await self._subject.parse(text)
            found.append(perf_counter() - started)
        return found

    async def _labels(self, texts: Sequence[str]) -> list[str]:
        return [await self._subject.parse(text) for text in texts]

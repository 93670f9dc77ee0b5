"""Tells other processes that something has changed, so that they look at once: a hint, on which nothing depends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

MODEL = "model"
"""Another model is in service."""

RETRY = 2.0
"""Seconds after which a lost Redis is looked for again."""

_CHANNEL = "gongyou:"
_TIMEOUT = 2.0

log = structlog.get_logger()


class Hints(Protocol):
    """Between the processes of one service."""

    async def tell(self, subject: str) -> None:
        """Something of that subject has changed. Never raises."""

    def listen(self, subject: str, wake: Callable[[], None]) -> None:
        """Call `wake` when something may have changed."""

    async def run(self) -> None:
        """Wake those who listen, for ever."""

    async def close(self) -> None:
        """Give back connections."""


class NoHints:
    """With one process, and where polling is enough."""

    async def tell(self, subject: str) -> None:
        """Nobody is told."""

    def listen(self, subject: str, wake: Callable[[], None]) -> None:
        """Nothing is heard."""

    async def run(self) -> None:
        """There is nothing to wait for."""

    async def close(self) -> None:
        """There is nothing to give back."""


class RedisHints:
    """Through Redis, which may come and go: after each time that it was away, everybody looks."""

    def __init__(self, url: str, retry: float = RETRY) -> None:
        self._redis: Redis = Redis.from_url(url, socket_connect_timeout=_TIMEOUT, socket_timeout=_TIMEOUT)
        self._retry = retry
        self._wakes: dict[str, list[Callable[[], None]]] = {}

    async def tell(self, subject: str) -> None:
        """See Hints."""
        try:
            await self._redis.publish(_CHANNEL + subject, b"")
        except (RedisError, OSError) as error:
            log.warning("hint_not_told", subject=subject, error=type(error).__name__)

    def listen(self, subject: str, wake: Callable[[], None]) -> None:
        """See Hints; before `run`."""
        self._wakes.setdefault(_CHANNEL + subject, []).append(wake)

    async def run(self) -> None:
        """See Hints."""
        while self._wakes:
            try:
                await self._hear()
            except (RedisError, OSError) as error:
                log.warning("hints_not_heard", error=type(error).__name__)
            await asyncio.sleep(self._retry)

    async def close(self) -> None:
        """See Hints."""
        await self._redis.aclose()

    async def _hear(self) -> None:
        async with self._redis.pubsub() as heard:
            await heard.subscribe(*self._wakes)
            while True:
                message = await heard.get_message(timeout=None)
                # The first message for each channel confirms the subscription: what was told before was missed.
                for wake in self._wakes[message["channel"].decode()] if message else ():
                    wake()


def hints(url: str) -> Hints:
    """Through Redis where there is an address."""
    return RedisHints(url) if url else NoHints()

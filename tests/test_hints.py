"""Hints through a real Redis, which is stopped in the middle."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.hints import MODEL, NoHints, RedisHints, hints
from tests.servers import redis
from tests.servers.redis import RedisServer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    if reason := redis.missing():
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


@asynccontextmanager
async def listening(url: str) -> AsyncIterator[asyncio.Event]:
    """What is set whenever a listener is woken."""
    woken = asyncio.Event()
    heard = RedisHints(url, retry=0.01)
    heard.listen(MODEL, woken.set)
    running = asyncio.create_task(heard.run())
    yield woken
    running.cancel()
    await asyncio.wait({running})
    await heard.close()


async def wakes(woken: asyncio.Event) -> None:
    await asyncio.wait_for(woken.wait(), 30)
    woken.clear()


async def test_every_listener_is_woken(server: RedisServer) -> None:
    teller = RedisHints(server.url)
    async with listening(server.url) as one, listening(server.url) as other:
        for woken in (one, other):
            await wakes(woken)

        await teller.tell(MODEL)

        for woken in (one, other):
            await wakes(woken)
    await teller.close()


async def test_other_subjects_wake_nobody(server: RedisServer) -> None:
    teller = RedisHints(server.url)
    async with listening(server.url) as woken:
        await wakes(woken)
        await teller.tell("another")
        assert not woken.is_set()
        await teller.tell(MODEL)
        await wakes(woken)
    await teller.close()


async def test_lost_redis_fails_nobody_and_is_made_up_for(server: RedisServer) -> None:
    teller = RedisHints(server.url)
    async with listening(server.url) as woken:
        await wakes(woken)
        server.stop()
        await teller.tell(MODEL)
        assert not woken.is_set()

        server.start()

        await wakes(woken)
        await teller.tell(MODEL)
        await wakes(woken)
    await teller.close()


async def test_without_an_address_there_are_no_hints() -> None:
    none = hints("")

    assert isinstance(none, NoHints)
    none.listen(MODEL, lambda: None)
    await none.tell(MODEL)
    await none.run()
    await none.close()

"""Waiting for an event can be ended at any moment."""

from __future__ import annotations

import asyncio

import pytest

from bot.waiting import occurs


async def test_tells_whether_the_event_came_in_time() -> None:
    event = asyncio.Event()
    assert not await occurs(event, 0)

    event.set()
    assert await occurs(event, 10)


async def test_end_that_comes_with_the_event_is_not_swallowed() -> None:
    event = asyncio.Event()
    waiting = asyncio.create_task(occurs(event, 3600))
    await asyncio.sleep(0)
    event.set()
    # The inner wait is done, and the outer one not told yet.
    await asyncio.sleep(0)

    waiting.cancel()

    with pytest.raises(asyncio.CancelledError):
        await waiting

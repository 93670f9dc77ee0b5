"""Waits for an event no longer than some seconds."""

from __future__ import annotations

import asyncio


async def occurs(event: asyncio.Event, seconds: float) -> bool:
    """Whether the event is set within `seconds`.

    Unlike `asyncio.wait_for` of Python 3.10, it never swallows a cancellation that comes together with the event
    (bpo-37658), so a loop around it can always be ended.
    """
    waiting = asyncio.ensure_future(event.wait())
    try:
        done, _ = await asyncio.wait({waiting}, timeout=seconds)
    finally:
        waiting.cancel()
    return bool(done)

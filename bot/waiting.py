"""Waits: for an event no longer than some seconds, and between calls that are made for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger()


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


async def for_ever(
    call: Callable[[], Awaitable[object]], every: float, pause: Callable[[float], Awaitable[None]], failed: str
) -> None:
    """Call again and again, after `every` seconds each; a failure is logged as `failed`, and ends nothing."""
    while True:
        await pause(every)
        try:
            await call()
        except Exception as error:
            log.error(failed, error=type(error).__name__)  # noqa: TRY400 - A lost database needs no trace.

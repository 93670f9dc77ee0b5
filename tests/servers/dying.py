"""Lets a process be killed, as `kill -9` would, at a step between the receipt of a message and its reply."""

from __future__ import annotations

import os
import signal
from collections.abc import Awaitable, Callable
from typing import Any

from bot.storage.exchanges import ExchangeRepository
from bot.wechat.client import WeChatClient

_PLACES: dict[str, tuple[type, str, str]] = {
    "before_receipt": (ExchangeRepository, "receive", "before"),
    "received": (ExchangeRepository, "receive", "after"),
    "before_record": (ExchangeRepository, "complete", "before"),
    "recorded": (ExchangeRepository, "complete", "after"),
    "before_send": (WeChatClient, "send", "before"),
    "sent": (WeChatClient, "send", "after"),
}
STEPS = (*_PLACES, "asked", "answered")
"""`asked` and `answered` are the beginning and the end of the assistant's action."""

_chosen: dict[str, int] = {}
"""The step, and how often it is still passed."""


def prepare(step: str, passes: int) -> None:
    """Die at a step when it is come to for the time after `passes`."""
    _chosen[step] = passes
    if step in _PLACES:
        place, name, when = _PLACES[step]
        setattr(place, name, _dying(step, getattr(place, name), when))


def at(step: str) -> None:
    """Die here if this is the chosen step and its time has come."""
    if step not in _chosen:
        return
    _chosen[step] -= 1
    if _chosen[step] < 0:
        os.kill(os.getpid(), signal.SIGKILL)


def _dying(step: str, method: Callable[..., Awaitable[Any]], when: str) -> Callable[..., Awaitable[Any]]:
    async def wrapped(*arguments: Any, **options: Any) -> Any:
        if when == "before":
            at(step)
        result = await method(*arguments, **options)
        if when == "after":
            at(step)
        return result

    return wrapped

"""What becomes of a message that WeChat did not take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.wechat.client import WeChatError

State = Literal["sent", "parked", "unknown", "failed", "queued"]

MOST_ATTEMPTS = 6
NO_RIGHT = frozenset({48001, 40200})
TOO_LONG = 45002
_CLOSED = frozenset({45015, 45047})  # The worker has not written for 48 hours; the quota is used up.
_LONGEST_PAUSE = 60


@dataclass(frozen=True, slots=True)
class Ending:
    """The state to record, and for a queued one when to try again."""

    state: State
    after: timedelta = timedelta(0)


def ending(error: WeChatError, attempts: int) -> Ending:
    """Parked: the worker is given it when he next writes. Failed: WeChat will never take it, nor the worker get it.

    Where no answer came the message may have arrived. It is then `unknown` and is not sent again: the worker is given
    it with his next reply, together with a word that he may have seen it.
    """
    if error.maybe_done:
        return Ending("unknown")
    if error.code in _CLOSED or error.code in NO_RIGHT:
        return Ending("parked")
    if error.permanent:
        return Ending("failed")
    if attempts >= MOST_ATTEMPTS:
        return Ending("parked")
    return Ending("queued", timedelta(seconds=min(2**attempts, _LONGEST_PAUSE)))

"""Which questions a day has: the same for everybody, and all of the bank before one comes again."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date, timedelta

SIZE = 5


def of_day(day: date, names: Collection[str], size: int = SIZE) -> tuple[str, ...]:
    """The questions of a day out of those that may be asked, in the order in which they are."""
    rounds = max(1, len(names) // size)
    turn, place = divmod(day.toordinal(), rounds)
    shuffled = sorted(names, key=lambda name: hashlib.sha256(f"{turn}/{name}".encode()).digest())
    return tuple(shuffled[place * size : (place + 1) * size])


def streak(today: date, last_done: date | None, before: int) -> int:
    """How many days in a row are done with today, when `before` of them had been on the last one that was."""
    return before + 1 if last_done == today - timedelta(days=1) else 1

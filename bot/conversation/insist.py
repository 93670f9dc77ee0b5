"""Tries a call of the storage again: a database that is restarted is back within seconds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from itertools import chain, repeat
from typing import TypeVar

import structlog

Pause = Callable[[float], Awaitable[None]]
T = TypeVar("T")


class Endlessly:
    """Pauses without end: for what must not be done twice, since it is lost if it is given up."""

    def __iter__(self) -> Iterator[float]:
        return chain((0.1, 0.3), repeat(1.0))


FOR_EVER = Endlessly()
log = structlog.get_logger()


async def insist(
    call: Callable[[], Awaitable[T]], pauses: Iterable[float], pause: Pause, troubled: Callable[[bool], None]
) -> T:
    """The call's result; after a failure it is called again after each of `pauses`, and the last failure is raised.

    `troubled` is told of the first failure, and when all is well again. LookupError is an answer, not a failure.
    """
    failed = False
    for seconds in chain(pauses, (None,)):
        try:
            result = await call()
        except LookupError:
            raise
        except Exception as error:
            if seconds is None:
                raise
            log.warning("storage_failed", error=type(error).__name__)
            failed = True
            troubled(True)
            await pause(seconds)
        else:
            if failed:
                troubled(False)
            return result
    raise AssertionError  # The last round returns or raises.

"""Tells an observer how long statements take and how many connections are in use."""

from __future__ import annotations

import time
from typing import Any, Protocol

from sqlalchemy import Engine, event


class Observer(Protocol):
    """Who is told."""

    def statement(self, seconds: float) -> None:
        """A statement took so long."""

    def connections(self, change: int) -> None:
        """So many connections more are in use."""


def observe(engine: Engine, observer: Observer) -> None:
    """Tell of all statements and connections of an engine from now on."""

    def before(*arguments: Any) -> None:
        arguments[4].gongyou_began = time.perf_counter()

    def after(*arguments: Any) -> None:
        observer.statement(time.perf_counter() - arguments[4].gongyou_began)

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "after_cursor_execute", after)
    event.listen(engine, "checkout", lambda *_: observer.connections(1))
    event.listen(engine, "checkin", lambda *_: observer.connections(-1))

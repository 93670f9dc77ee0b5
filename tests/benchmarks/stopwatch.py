"""Tells how much time each stage of a message takes by itself, without the stages within it."""

from __future__ import annotations

import functools
import inspect
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any


class Stopwatch:
    """Times wrapped methods; one message at a time, since the stages under way are a stack."""

    def __init__(self) -> None:
        self._within: list[float] = []
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def wrap(self, owner: Any, method: str, stage: str) -> None:
        """Count every call of a class's method to a stage."""
        inner = getattr(owner, method)
        setattr(
            owner, method, self._async(inner, stage) if inspect.iscoroutinefunction(inner) else self._sync(inner, stage)
        )

    def take(self) -> dict[str, float]:
        """Seconds by stage since the last call."""
        taken, self._seconds = dict(self._seconds), defaultdict(float)
        return taken

    def _sync(self, inner: Callable[..., Any], stage: str) -> Callable[..., Any]:
        @functools.wraps(inner)
        def timed(*arguments: Any, **options: Any) -> Any:
            with self._timed(stage):
                return inner(*arguments, **options)

        return timed

    def _async(self, inner: Callable[..., Any], stage: str) -> Callable[..., Any]:
        @functools.wraps(inner)
        async def timed(*arguments: Any, **options: Any) -> Any:
            with self._timed(stage):
                return await inner(*arguments, **options)

        return timed

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        self._within.append(0.0)
        started = perf_counter()
        try:
            yield
        finally:
            whole = perf_counter() - started
            self._seconds[stage] += whole - self._within.pop()
            if self._within:
                self._within[-1] += whole

"""Runs work in a process of its own, so that time and memory are those of one assistant only."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")
R = TypeVar("R")

_inhabitant: list[Any] = []


class Process(Generic[T]):
    """A process that holds one object; its methods run there and their results come back."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._pool = _pool()
        self._pool.submit(_settle, make).result()

    def run(self, method: Callable[Concatenate[T, P], R], *arguments: P.args, **options: P.kwargs) -> R:
        """Call a method of the object's class over there."""
        return self._pool.submit(_run, method, arguments, options).result()

    def end(self) -> None:
        """Let the process end and wait for it."""
        self._pool.shutdown()


def alone(function: Callable[P, R], *arguments: P.args, **options: P.kwargs) -> R:
    """Call a function in a fresh process that ends with it."""
    with _pool() as pool:
        return pool.submit(function, *arguments, **options).result()


def _pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=_start)


def _start() -> None:
    """Rasa prints its progress to standard output, which is the report's."""
    from bot import log

    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    log.configure("ERROR", "console")


def _settle(make: Callable[[], object]) -> None:
    _inhabitant.append(make())


def _run(method: Callable[..., R], arguments: tuple[Any, ...], options: dict[str, Any]) -> R:
    return method(_inhabitant[0], *arguments, **options)

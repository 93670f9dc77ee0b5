"""What is supposed while something is tried out: other content, another day. Only what runs within it sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from policies_kb import chinese_date
from policies_kb.model import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Supposed:
    """The content that is answered from, and the day it is."""

    knowledge: KnowledgeBase
    today: date


_SUPPOSED: ContextVar[Supposed | None] = ContextVar("supposed", default=None)


@contextmanager
def supposing(supposed: Supposed) -> Iterator[None]:
    """Let what is asked within, also in tasks begun within, be answered so; workers are answered as ever meanwhile."""
    token = _SUPPOSED.set(supposed)
    try:
        yield
    finally:
        _SUPPOSED.reset(token)


def today() -> date:
    """The day in China, unless another one is supposed."""
    supposed = _SUPPOSED.get()
    return chinese_date.today() if supposed is None else supposed.today


def unless_supposed(live: Callable[[], KnowledgeBase]) -> Callable[[], KnowledgeBase]:
    """The content in force, unless other content is supposed."""

    def knowledge() -> KnowledgeBase:
        supposed = _SUPPOSED.get()
        return live() if supposed is None else supposed.knowledge

    return knowledge

"""A worker's conversation as lines in the order in which they were said and done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.hotline.model import Delivery, Event, Heard, Story, Written

NOT_THERE = frozenset((Delivery.PARKED, Delivery.CLOSED_WINDOW, Delivery.NO_QUOTA, Delivery.FAILED, Delivery.UNKNOWN))
"""The worker has not got it, as far as is known."""


@dataclass(frozen=True, slots=True)
class Line:
    """One of these is there; `order` tells what of the same moment came first."""

    at: datetime
    order: int
    heard: Heard | None = None
    written: Written | None = None
    event: Event | None = None


def lines(story: Story) -> list[Line]:
    """All of it, the oldest first."""
    return sorted(_lines(story), key=lambda line: (line.at, line.order))


def _lines(story: Story) -> Iterator[Line]:
    for heard in story.heard:
        yield Line(heard.at, 0, heard=heard)
    for event in story.events:
        yield Line(event.at, 1, event=event)
    for written in story.written:
        yield Line(written.at, 2, written=written)


def undelivered(story: Story) -> Delivery | None:
    """What became of the last thing that a person wrote, where the worker has not got it."""
    last = story.written[-1].delivery if story.written else None
    return last if last in NOT_THERE else None

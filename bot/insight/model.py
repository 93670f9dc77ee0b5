"""What is counted of a message, and the report that is made of all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import msgspec

PERIODS = (7, 30, 90)
"""Days; the longest is shorter than messages are kept."""
FEWEST = 10
"""Workers: a smaller group says too much of each of them."""
STEP = 5
"""Shown numbers are rounded to it, so that the difference of two does not give one worker away."""
KIND, TOPIC, ITEM, FALLBACK, HANDOVER, HOUR, DAY, VERDICT, WAIT = (
    "kind",
    "topic",
    "item",
    "fallback",
    "handover",
    "hour",
    "day",
    "verdict",
    "wait",
)
ANSWERED, ASKED_BACK, UNANSWERED, PERSON = "answered", "asked_back", "fallback", "handover"
HELPFUL = "helpful"
QUESTIONS = (ANSWERED, ASKED_BACK, UNANSWERED, PERSON)
"""The kinds that are a question of a worker."""
REST = ""
"""The name of the group of all that are too small for one of their own."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A message without its words; `worker` is the pseudonym with its channel."""

    id: int
    at: datetime
    worker: str
    intent: str | None
    label: str | None
    canned: str | None
    urgent: str | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What a worker said of the answer to a message: "helpful", or why it was not."""

    at: datetime
    worker: str
    message: int
    name: str


@dataclass(frozen=True, slots=True)
class Handed:
    """A conversation that people took over, and when they first answered, if they did."""

    at: datetime
    worker: str
    answered_at: datetime | None


class Group(msgspec.Struct, frozen=True):
    """Messages with something in common; `examples` are the numbers of some of them, to look them up while they are kept."""

    name: str
    messages: int
    workers: int
    examples: tuple[int, ...] = ()


class Report(msgspec.Struct, frozen=True):
    """The groups of a period by what they have in common; none at all where fewer than FEWEST workers wrote.

    `wait` is how many minutes half of the workers waited for a person at most; None where fewer than FEWEST did.
    """

    days: int
    since: datetime
    until: datetime
    messages: int
    workers: int
    parts: dict[str, tuple[Group, ...]]
    wait: float | None = None

    def group(self, part: str, name: str) -> Group | None:
        """A group that is shown, or None."""
        return next((one for one in self.parts.get(part, ()) if one.name == name), None)

    def share(self, kind: str) -> float | None:
        """How many of the questions are of a kind; None where there are too few to say, or they may be among the rest."""
        counts = {one.name: one.messages for one in self.parts.get(KIND, ())}
        asked = sum(counts.get(name, 0) for name in QUESTIONS)
        if not asked or (kind not in counts and REST in counts):
            return None
        return counts.get(kind, 0) / asked

    @property
    def helpful(self) -> float | None:
        """How many of the answers that workers judged were of use; None where it would give somebody away."""
        counts = {one.name: one.messages for one in self.parts.get(VERDICT, ())}
        return counts[HELPFUL] / sum(counts.values()) if HELPFUL in counts else None

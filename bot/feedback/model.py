"""What a worker thinks of an answer, and the task that it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.assistant.port import Reply


class Verdict(str, Enum):
    """Whether an answer was of use."""

    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"


class Reason(str, Enum):
    """What was wrong with an answer that was of no use."""

    OFF_TOPIC = "off_topic"
    OUTDATED = "outdated"
    UNCLEAR = "unclear"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Asked:
    """Beside an answer: its worker is asked; with the topic, the version of it and the model that answered."""

    topic: str
    version: int | None
    model: str


@dataclass(frozen=True, slots=True)
class Judged:
    """Beside the reply to a worker's word: what he thinks of the answer that he was asked about as number `feedback`."""

    feedback: int
    verdict: Verdict
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What a worker was asked, by its number, and what he has said so far."""

    number: int
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Closing:
    """Who has dealt with a task, when, and what he did."""

    by: str | None
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class Task:
    """An answer that was of no use, with what was live when it was given.

    `text` and `reply` are what the worker wrote and read; they are gone when the messages are.
    """

    number: int
    exchange: int
    topic: str
    version: int | None
    model: str
    asked_at: datetime
    judged_at: datetime
    reason: Reason | None
    text: str | None
    reply: Reply | None
    closing: Closing | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which tasks: those of some topics (None: of all), with a reason (also None for none given), open ones or not."""

    open: bool = True
    topics: frozenset[str] | None = None
    reason: Reason | None = None

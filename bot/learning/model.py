"""What a training is, and what its examination found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

import msgspec

from bot.accounts.audit import Actor


class State(str, Enum):
    """What has become of a training.

    Ready: good enough for service; unchanged: it is the model in service; refused: the report says why; failed: there is no
    model, or its process is gone.
    """

    RUNNING = "running"
    READY = "ready"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    FAILED = "failed"


class Score(msgspec.Struct, frozen=True):
    """How many questions were asked, how many understood rightly, and how many answered with something else."""

    asked: int
    right: int
    wrong: int

    @property
    def accuracy(self) -> float:
        """The share that was understood rightly."""
        return self.right / max(1, self.asked)

    @property
    def mistaken(self) -> float:
        """The share that was answered with something else."""
        return self.wrong / max(1, self.asked)


class Change(msgspec.Struct, frozen=True):
    """A question that two models understand differently, or one that must not be missed and was.

    `expected` are the topics that are right; `before` and `after` are labels, `before` empty where no model was in service.
    """

    question: str
    expected: tuple[str, ...]
    before: str
    after: str


class TopicChange(msgspec.Struct, frozen=True):
    """A topic of which other questions than before are understood; `lost` are those that were right."""

    topic: str
    asked: int
    before: int
    after: int
    lost: tuple[Change, ...]


class Refusal(msgspec.Struct, frozen=True):
    """Why a model is not put into service: the name of the words for it, and the figures that they name."""

    name: str
    values: Mapping[str, str] = {}


class Report(msgspec.Struct, frozen=True):
    """What an examination found. `before` is the model in service, if there was one of this version of the program.

    `worse` and `better` are topics; `missed` are the questions that must be right and are not.
    """

    after: Score
    before: Score | None
    must_pass: int
    missed: tuple[Change, ...]
    worse: tuple[TopicChange, ...]
    better: tuple[TopicChange, ...]
    refusals: tuple[Refusal, ...]
    questions: int = 0

    @property
    def accepted(self) -> bool:
        """Whether the model may be put into service."""
        return not self.refusals


@dataclass(frozen=True, slots=True)
class Training:
    """One training; with `serve` its model is put into service by itself where it may. `done` of `total` tell of a stage."""

    id: int
    by: Actor
    at: datetime
    serve: bool
    state: State
    stage: str
    done: int
    total: int
    ended_at: datetime | None
    digest: str | None
    accuracy: float | None
    problem: str


@dataclass(frozen=True, slots=True)
class Ended:
    """What a training came to."""

    state: State
    digest: str | None = None
    report: Report | None = None
    problem: str = ""

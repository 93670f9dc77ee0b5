"""What is tried out, under which conditions, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

import msgspec

from bot.accounts.audit import Actor

MOST_ROWS = 2000
"""Questions of one batch."""


class Conditions(msgspec.Struct, frozen=True):
    """The published content, or that with the drafts put in; today, or another day."""

    drafts: bool = False
    day: date | None = None


class Row(msgspec.Struct, frozen=True):
    """A question of a batch; `expected` is as it was written, `topics` the ids it names.

    `refusal`: no topic is right. `text`: what the answer has to contain.
    """

    question: str
    expected: str = ""
    topics: tuple[str, ...] = ()
    refusal: bool = False
    text: str = ""

    @property
    def judged(self) -> bool:
        """Whether anything is expected of the answer."""
        return bool(self.topics or self.refusal or self.text)


class Reason(msgspec.Struct, frozen=True):
    """Why it was answered so: the name of the words for it, and the figures that they name."""

    name: str
    values: Mapping[str, str] = {}


class Answer(msgspec.Struct, frozen=True):
    """What was answered. `kind` is answered, asked, refused or other; `size` is in bytes, as WeChat counts.

    `topics` are those that were answered; `ranking` and `entities` are as in the assistant's port.
    """

    question: str
    kind: str
    label: str
    confidence: float | None
    topics: tuple[str, ...]
    ranking: tuple[tuple[str, float], ...]
    entities: tuple[tuple[str, str], ...]
    text: str
    options: tuple[str, ...]
    size: int
    reasons: tuple[Reason, ...]

    @property
    def sources(self) -> list[str]:
        """The lines that name what the answer rests on."""
        return [line for line in self.text.splitlines() if line.startswith(("依据:", "依据："))]


class Result(msgspec.Struct, frozen=True):
    """A row with its answer; `outcome` is right, asked, missed, wrong, other_text or open (nothing was expected)."""

    row: Row
    answer: Answer
    outcome: str

    @property
    def passed(self) -> bool:
        """Whether it is as expected."""
        return self.outcome == "right"

    @property
    def failed(self) -> bool:
        """Whether it is not."""
        return self.outcome not in ("right", "open")


class State(str, Enum):
    """What has become of a batch. Interrupted: the process that asked it is gone."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a batch was asked of: `model` and the counter of the `content`."""

    name: str
    by: Actor
    at: datetime
    conditions: Conditions
    model: str
    content: int


@dataclass(frozen=True, slots=True)
class Run:
    """A batch; `right` and `failed` count what was judged. `left_out` are drafts that would have broken the content."""

    id: int
    setting: Setting
    state: State
    total: int
    done: int
    right: int
    failed: int
    left_out: tuple[str, ...]

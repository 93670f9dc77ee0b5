"""A conversation in people's hands: its states, what was done to it, and what was said in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, IntEnum


class State(str, Enum):
    """Who is to answer the worker: whoever claims it, or its owner; afterwards the assistant again."""

    WAITING = "waiting"
    AGENT = "agent"
    CLOSED = "closed"


class Reason(str, Enum):
    """Why a conversation waits; a worker can only ask, the others say what led to it."""

    ASKED = "asked"
    URGENT = "urgent"
    RETURNED = "returned"
    SILENT = "silent"
    TRANSFERRED = "transferred"


class Priority(IntEnum):
    """Who is taken first; among equals whoever waits longest."""

    NORMAL = 0
    RETURNED = 1
    URGENT = 2


class Kind(str, Enum):
    """What was done to a conversation."""

    BEGUN = "begun"
    CLAIMED = "claimed"
    TAKEN = "taken"
    RELEASED = "released"
    SILENT = "silent"
    TRANSFERRED = "transferred"
    NOTE = "note"
    TAGGED = "tagged"
    CLOSED = "closed"


CANCELLED, LEFT, NOBODY_CAME = "cancelled", "left", "nobody_came"
"""Outcomes that no person chose: the worker no longer wants it, has gone quiet, or waited until the end."""


@dataclass(frozen=True, slots=True)
class Case:
    """A handover as the desk sees it; see the table for what the fields mean. `last` is what the worker wrote last."""

    id: int
    conversation: str
    state: State
    reason: Reason
    priority: int
    urgent: str | None
    team: str
    begun_at: datetime
    waiting_since: datetime
    owner: int | None
    owner_name: str
    claimed_at: datetime | None
    version: int
    changes: int
    unread: int
    worker_at: datetime
    agent_at: datetime | None
    first_answer_at: datetime | None
    due_at: datetime | None
    tags: tuple[str, ...]
    outcome: str
    closed_at: datetime | None
    last: str = ""

    @property
    def channel(self) -> str:
        """Where the worker writes."""
        return self.conversation.partition(":")[0]

    @property
    def sender(self) -> str:
        """Whom the channel says that he is."""
        return self.conversation.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done to a conversation; without a user the service did it."""

    at: datetime
    kind: Kind
    user_name: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """How the assistant understood a message and what it said; nothing where it was silent."""

    text: str
    intent: str | None
    label: str | None
    confidence: float | None
    urgent: str | None


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of the worker; `kind` names what is not words, such as a picture, and `media` tells that it can be had."""

    id: int

    at: datetime
    text: str
    kind: str | None
    answer: Answer | None
    media: bool = False


class Delivery(str, Enum):
    """What became of what a person wrote: on its way, with the worker, or not, and why."""

    QUEUED = "queued"
    SENT = "sent"
    SHOWN = "shown"
    UNKNOWN = "unknown"
    PARKED = "parked"
    CLOSED_WINDOW = "closed_window"
    NO_QUOTA = "no_quota"
    FAILED = "failed"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class Written:
    """What a person wrote to the worker."""

    at: datetime
    user_name: str
    text: str
    delivery: Delivery


@dataclass(frozen=True, slots=True)
class Story:
    """All of a worker's conversation that is still kept, the oldest first.

    `earlier` are the handovers before, `facts` what he told the assistant about himself, as it keeps that.
    """

    heard: tuple[Heard, ...]
    written: tuple[Written, ...]
    events: tuple[Event, ...]
    earlier: tuple[Case, ...]
    facts: Mapping[str, bool | str]


@dataclass(frozen=True, slots=True)
class Presence:
    """A person who looks at a conversation, or types in it."""

    handover: int
    user_id: int
    user_name: str
    typing: bool

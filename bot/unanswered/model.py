"""A question that was not answered, the cluster of those that are alike, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

Features = Mapping[int, float]
"""What a text sounds and looks like: weights by hashed features, from which it cannot be read again."""


class Kind(str, Enum):
    """Why a question counts as not answered; `referred` ones were sent to another office."""

    FALLBACK = "fallback"
    REFERRED = "referred"
    CLARIFY = "clarify"
    UNHELPFUL = "unhelpful"
    HANDOVER = "handover"


class State(str, Enum):
    """What has become of a cluster: a new topic, questions of one that there was, or nothing."""

    OPEN = "open"
    TOPIC = "topic"
    QUESTIONS = "questions"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Found:
    """A question and the message that it was asked with."""

    exchange: int
    channel: str
    sender: str
    at: datetime
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Round:
    """How often was gathered; the message up to which all is settled, and the handover up to which all are taken in."""

    number: int
    mark: int
    handovers: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found, the message and the handover up to which that is settled now, and whether there is more."""

    found: tuple[Found, ...]
    mark: int
    handovers: int
    more: bool


@dataclass(frozen=True, slots=True)
class Known:
    """A cluster as the next questions are compared with it; `decided`: somebody has said what becomes of it."""

    number: int
    features: Features
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """A question and its cluster; those that are new have numbers below zero."""

    found: Found
    cluster: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What a round comes to.

    All is settled up to the message `mark` and the handover `handovers`; `changed` are the features of clusters, also of new ones; `merged` says of
    those that there were which has gone into which.
    """

    mark: int
    handovers: int
    joined: tuple[Joined, ...] = ()
    changed: Mapping[int, Features] = field(default_factory=dict)
    merged: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided on a cluster, when, and why; `topic` is what it went to."""

    by: str | None
    at: datetime
    note: str
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Questions that are alike: on how many days, of how many workers; `texts` are the commonest. `version` rises with each decision."""

    number: int
    state: State
    version: int
    days: int
    workers: int
    questions: int
    last_at: datetime
    kinds: Mapping[Kind, int]
    texts: tuple[str, ...]
    decision: Decision | None = None
    since: int = 0
    """How many of them came after the decision."""


@dataclass(frozen=True, slots=True)
class Member:
    """A question of a cluster; `who` is the same for the same worker, and nobody's name."""

    exchange: int
    who: str
    at: datetime
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Line:
    """A message of a conversation with its reply; `asked` marks the one that the conversation was opened for."""

    at: datetime
    text: str
    replies: tuple[str, ...]
    asked: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of a cluster that has the version that was seen."""

    cluster: int
    seen: int
    state: State
    decision: Decision


class Outcome(str, Enum):
    """How a change went: done, somebody else decided first, or the content was changed by another meanwhile."""

    DONE = "done"
    STALE = "stale"
    CONFLICT = "conflict"

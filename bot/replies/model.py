"""What a canned reply is, as it is kept and as an agent finds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

TEAM = 0
"""The owner of what all share; a private reply is owned by the account of that number."""


class Scope(str, Enum):
    """Where a reply comes from."""

    TOPIC = "topic"
    TEAM = "team"
    OWN = "own"


class Mark(str, Enum):
    """Why a reply cannot be sent for now: its topic has another version, has expired, or is no longer published."""

    CHANGED = "changed"
    EXPIRED = "expired"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person writes; without a topic the reply rests on nothing but its author."""

    category: str
    shortcut: str
    title: str
    text: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply of the team's or of a person's own. `standing` is the state of its topic that it was last held to fit."""

    id: int
    owner: int
    draft: Draft
    standing: str
    version: int
    changed_at: datetime
    changed_by: str
    archived: bool = False

    @property
    def key(self) -> str:
        """What names it among all replies."""
        return f"own:{self.id}"


@dataclass(frozen=True, slots=True)
class Card:
    """A reply as it is found: the wording with its topic's figures, but its own variables not yet filled."""

    key: str
    scope: Scope
    owner: int
    category: str
    shortcut: str
    title: str
    text: str
    about: str = ""
    source: tuple[str, ...] = ()
    contact: str = ""
    mark: Mark | None = None

    def visible_to(self, user_id: int) -> bool:
        """Private replies are seen by their owner alone."""
        return self.owner in (TEAM, user_id)

"""What the audit log holds: who did what to what, when and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.accounts.model import User

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account, or the command line of the server, which has neither id nor name."""

    id: int | None = None
    name: str | None = None


COMMAND_LINE = Actor()


def actor(user: User) -> Actor:
    """The account as it stands in the log, also when it is renamed or gone later."""
    return Actor(user.id, user.name)


@dataclass(frozen=True, slots=True)
class Entry:
    """One act; `before` and `after` are what it changed, where that is small and no secret."""

    at: datetime
    by: Actor
    verb: str
    kind: str
    object_id: str
    reason: str = ""
    before: Values = field(default_factory=dict)
    after: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry as it stands in the log; numbers rise with time."""

    number: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Filter:
    """What to read of the log; None does not filter. `until` itself is not in."""

    name: str | None = None
    verb: str | None = None
    kind: str | None = None
    object_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None

"""What the desk needs of its storage and of what carries its messages, and what it puts beside a reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.accounts.audit import Entry
from bot.accounts.model import User
from bot.assistant.port import Reply
from bot.conversation.ports import Media, Post
from bot.hotline.figures import Handled
from bot.hotline.model import Case, Event, Kind, Presence, Reason, State, Story


@dataclass(frozen=True, slots=True)
class Begun:
    """Put beside a reply: the worker waits for a person from now on, unless he does already."""

    reason: Reason
    team: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Spoke:
    """Put beside a reply: the worker wrote while `state` held; that must still be so.

    `due_at` is when a person has to have answered it; `told` says that the reply tells him where he stands.
    """

    handover: int
    state: str
    due_at: datetime | None
    urgent: str | None = None
    told: bool = False


@dataclass(frozen=True, slots=True)
class Withdrew:
    """Put beside a reply: the worker waits no longer; he must still have waited."""

    handover: int


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of the version `seen` of a handover. `entry` is for the audit log, `event` for the desk.

    `owner` of None is nobody; other columns that change are in `values`. An `overdue` one is done only while the timer
    has run out, and one with `most` only while its owner has fewer open than that.
    """

    handover: int
    seen: int
    state: State
    owner: User | None
    event: Event
    entry: Entry | None
    values: Mapping[str, object]
    overdue: bool = False
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """What the owner of a handover writes; `key` is the same for each try to send it.

    `due_at` is when the handover ends if the worker says nothing.
    """

    handover: int
    owner: User
    key: str
    text: str
    reply_key: str
    post: Post
    at: datetime
    due_at: datetime | None


class Cases(Protocol):
    """Where the handovers are kept, for all processes."""

    async def numbered(self, handover: int) -> Case | None:
        """One handover."""

    async def open_(self) -> Sequence[Case]:
        """All that are open, in the order in which they are to be taken."""

    async def ahead(self) -> int:
        """How many workers wait."""

    async def held(self, owner: int) -> int:
        """How many open ones a person has."""

    async def story(self, case: Case) -> Story:
        """What was said and done in the worker's conversation."""

    async def media(self, case: Case, exchange: int) -> str | None:
        """Under which name the channel keeps what a message of that worker holds beside words."""

    async def change(self, change: Change) -> bool:
        """Do it in one compare-and-set; False, and nothing, where the version is no longer the one that was seen."""

    async def note(
        self, case: Case, kind: Kind, user: User, text: str, at: datetime, tags: Sequence[str] | None
    ) -> None:
        """Add to what was done to a handover; with `tags` also replace those."""

    async def send(self, sending: Sending) -> bool:
        """Record a message and put it into the outbox, once for its key; False where the person is not the owner."""

    async def due(self, now: datetime) -> Sequence[Case]:
        """Some whose timer has run out."""

    async def put_off(self, case: Case, due_at: datetime | None) -> None:
        """Set the timer of a handover anew, unless it has changed meanwhile."""


class Past(Protocol):
    """What is kept of handovers that have begun."""

    async def since(self, moment: datetime, most: int) -> Sequence[Handled]:
        """Those since a moment, the newest first."""


class Presences(Protocol):
    """Who looks at what, for all processes."""

    async def seen(self, presence: Presence, until: datetime) -> None:
        """A person looks at a conversation."""

    async def gone(self, handover: int, user_id: int) -> None:
        """A person looks at it no longer."""


class Changes(Protocol):
    """What a process reads to see what others did."""

    async def look(self, now: datetime) -> tuple[Mapping[int, int], frozenset[Presence]]:
        """The number of changes of each open handover, and who looks at what."""

    async def cases(self, handovers: Sequence[int]) -> Sequence[Case]:
        """Those handovers."""


class People(Protocol):
    """The accounts."""

    async def everybody(self) -> list[User]:
        """All accounts by user name."""


class Carrier(Protocol):
    """Brings a person's words to the workers of a channel."""

    async def post(self, reply: Reply) -> Post:
        """What to put into the outbox."""

    def wake(self) -> None:
        """Something was put into the outbox."""

    async def media(self, name: str) -> Media:
        """A picture or a recording of a worker; raises MediaGone."""

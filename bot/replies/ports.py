"""What the canned replies need of the storage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.accounts.audit import Entry
from bot.replies.model import Draft, Reply


@dataclass(frozen=True, slots=True)
class NewReply:
    """A reply that is to be; the entry gets its number when it has one."""

    owner: int
    draft: Draft
    standing: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of the version `seen` of a reply; `entry` tells who did it and when."""

    id: int
    seen: int
    draft: Draft
    standing: str
    archived: bool
    entry: Entry


class Taken(Exception):
    """Another reply of the same owner has this title or this shortcut."""


class Replies(Protocol):
    """Where the replies are kept. Every change raises the counter in the same transaction."""

    async def counter(self) -> int:
        """A number that rises with every change, so that a process sees whether it has them all."""

    async def everything(self) -> list[Reply]:
        """All replies that are not archived."""

    async def uses(self) -> dict[str, int]:
        """How often each was used, by its key."""

    async def numbered(self, reply_id: int) -> Reply | None:
        """One reply, also an archived one."""

    async def add(self, news: Sequence[NewReply]) -> list[int]:
        """Add all or none; their numbers. Raises Taken."""

    async def change(self, change: Change) -> bool:
        """Change a reply; False when another change came first. Raises Taken."""

    async def use(self, key: str, at: datetime) -> None:
        """Count a use."""

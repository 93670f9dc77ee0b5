"""What this room needs of the storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.accounts.audit import Entry
from bot.content.model import Version
from bot.unanswered.model import Change, Cluster, Gathered, Kept, Known, Line, Member, Outcome, Round, State


class Mined(Protocol):
    """Where questions are found, and kept with their clusters; shared by all processes."""

    async def round(self) -> Round:
        """How far it has come."""

    async def gather(self, before: Round, settled: datetime, most: int) -> Gathered:
        """At most some `most` questions that are not kept yet; what came after `settled` is looked at again next time."""

    async def clusters(self) -> Sequence[Known]:
        """All clusters, the oldest first."""

    async def keep(self, before: Round, kept: Kept) -> bool:
        """Keep questions and clusters, and end the round; False, and nothing, where another process has ended it.

        Clusters that nothing is left of go, unless somebody has decided on them.
        """


class Chores(Protocol):
    """Of all processes one gets a chore once in a while."""

    async def claim(self, chore: str, now: datetime, every: timedelta) -> bool:
        """Whether this process is to do it."""


class Clusters(Protocol):
    """The clusters as people look at them, and decide on them."""

    async def page(self, states: Sequence[State], skipped: int, size: int) -> Sequence[Cluster]:
        """Clusters in some states, those first that were asked on the most days, then by the most workers."""

    async def find(self, number: int) -> Cluster | None:
        """One cluster that has questions."""

    async def texts(self, number: int, most: int) -> Sequence[str]:
        """Its different texts, the commonest first."""

    async def members(self, number: int, skipped: int, size: int) -> Sequence[Member]:
        """Its questions, the newest first."""

    async def conversation(self, exchange: int) -> Sequence[Line]:
        """What was said around a question that is in a cluster or whose answer was of no use; empty for any other."""

    async def decide(self, change: Change, entries: Sequence[Entry], versions: Sequence[Version] = ()) -> Outcome:
        """Decide on a cluster, and add versions of content, all or nothing, with the entries in the audit log."""

"""What the hours need of the storage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.accounts.audit import Entry
from bot.hours.model import Kept


class Calendars(Protocol):
    """Where the hours of all teams are kept, for all processes."""

    async def everything(self) -> Sequence[Kept]:
        """What anybody has changed so far."""

    async def change(self, kept: Kept, entry: Entry) -> bool:
        """Keep a team's hours in place of its version before; False, and nothing, where another change came first."""

    async def remove(self, team: str, version: int, entry: Entry) -> bool:
        """Let a team have the hours of all again; False, and nothing, where another change came first."""

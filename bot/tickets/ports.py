"""What the requests need of the storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.accounts.audit import Entry
from bot.accounts.model import User
from bot.tickets.model import Ticket


class Tickets(Protocol):
    """Where the requests are kept; they are written with the reply that confirms them."""

    async def open_of(self, conversation: str) -> int:
        """How many requests of a worker nobody has dealt with."""

    async def open_(self) -> Sequence[Ticket]:
        """All of those, the most urgent first."""

    async def done(self, most: int) -> Sequence[Ticket]:
        """Those that were dealt with last."""

    async def numbered(self, ticket: int) -> Ticket | None:
        """One request."""

    async def own(self, ticket: int, before: int | None, owner: User | None, entry: Entry) -> bool:
        """Give it from one owner to another, None being nobody; False where that is no longer so."""

    async def finish(self, ticket: int, owner: int, outcome: str, at: datetime, entry: Entry) -> bool:
        """Its owner has dealt with it; False where he is not the owner any more."""


class Staffing(Protocol):
    """Who answers at the desk."""

    async def staffed(self) -> bool:
        """Whether there is anybody at all."""

"""What this room needs of the storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.accounts.audit import Entry
from bot.clients.model import Client, Draft


class Clients(Protocol):
    """Where the clients are kept, for all processes; each change and its audit entry are one transaction."""

    async def all(self) -> Sequence[Client]:
        """Every client, by name."""

    async def add(self, draft: Draft, public: str, key_hash: str, entry: Entry) -> int | None:
        """Keep a new client and give its number; None, and nothing, where the name is taken."""

    async def change(self, number: int, draft: Draft, entry: Entry) -> bool:
        """Replace what was decided; False, and nothing, where the name is another's."""

    async def disable(self, number: int, disabled: bool, entry: Entry) -> bool:
        """Let it ask or not; False, and nothing, where it is so already."""

    async def replace_key(self, number: int, key_hash: str, entry: Entry) -> None:
        """Put a new key in the place of the old one."""


class Uses(Protocol):
    """Where uses are counted, for all processes."""

    async def take(self, key: str, ends_at: datetime, wanted: int, most: int) -> int:
        """Count further uses under a key that ends then, while they are at most `most`; how many still were."""

"""Where files wait that were looked at and are to be taken."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.exchange.model import Upload


class Uploads(Protocol):
    """One for each person: a new one takes the place of the one before."""

    async def keep(self, upload: Upload, before: datetime) -> int:
        """Keep an upload, and forget all that were made before a moment; by its number it is found again."""

    async def find(self, number: int, user: int) -> Upload | None:
        """The upload of a person."""

    async def forget(self, number: int) -> None:
        """It was taken."""

"""What this room needs of the storage."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from bot.conversation.ports import Said
from bot.practice.model import Found, Standing


class Practices(Protocol):
    """Where practice is kept, a row for each worker and day; it is written with the reply, see bot.conversation.chain."""

    async def find(self, said: Said, day: date) -> Found:
        """What is kept of who says this."""

    async def standing(self, day: date, right: int) -> Standing:
        """How those stand who have done the practice of a day, beside somebody with so many right."""

"""Reads the handovers of the past, for the figures of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from bot.hotline.figures import Handled
from bot.storage.hotline_tables import DeskConversation
from bot.storage.sessions import Sessions


class PastRepository:
    """Deleted with what is kept of a worker, a handover counts no longer."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def since(self, moment: datetime, most: int) -> Sequence[Handled]:
        """See the port."""
        row = DeskConversation
        columns = (row.owner_name, row.team, row.begun_at, row.first_answer_at, row.closed_at)
        query = select(*columns).where(row.begun_at >= moment).order_by(row.begun_at.desc()).limit(most)
        async with self._sessions() as session:
            return [Handled(*found) for found in await session.execute(query)]

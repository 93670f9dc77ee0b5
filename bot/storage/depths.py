"""Counts what waits: messages without a reply, and letters that are to be sent."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy import text as sql

from bot.storage.sessions import Sessions
from bot.storage.tables import Exchange, Outgoing

_STATES = ("queued", "sending")

_UNDER_WAY = sql("state IN ('queued', 'sending')")
"""As the partial index has it, word for word."""


class DepthRepository:
    """Both counts come from partial indexes, which hold only what waits."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def read(self) -> Mapping[str, int]:
        """The counts by place: inbox, outbox_queued and outbox_sending."""
        by_state = select(Outgoing.state, func.count()).where(_UNDER_WAY).group_by(Outgoing.state)
        async with self._sessions() as session:
            inbox = await session.scalar(select(func.count()).where(Exchange.replied_at.is_(None)))
            found = {row[0]: row[1] for row in await session.execute(by_state)}
        return {"inbox": inbox or 0, **{f"outbox_{state}": found.get(state, 0) for state in _STATES}}

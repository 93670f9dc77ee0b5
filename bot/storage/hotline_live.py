"""What a process reads twice a second to see what others did at the desk, and who looks at what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select, update

from bot.hotline.model import Case, Presence
from bot.storage.hotline import case_of, with_last
from bot.storage.hotline_tables import DeskConversation, DeskPresence
from bot.storage.sessions import Sessions
from bot.storage.upsert import insert_if_new


class DeskLiveRepository:
    """Rows that have run out are not seen; the daily deletion takes them away."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def look(self, now: datetime) -> tuple[Mapping[int, int], frozenset[Presence]]:
        """See the port."""
        open_ = select(DeskConversation.id, DeskConversation.changes).where(DeskConversation.closed_at.is_(None))
        columns = (DeskPresence.handover_id, DeskPresence.user_id, DeskPresence.user_name, DeskPresence.typing)
        there = select(*columns).where(DeskPresence.until > now)
        async with self._sessions() as session:
            changes = dict((await session.execute(open_)).tuples().all())
            return changes, frozenset(Presence(*row) for row in await session.execute(there))

    async def cases(self, handovers: Sequence[int]) -> Sequence[Case]:
        """See the port."""
        async with self._sessions() as session:
            rows = await session.scalars(select(DeskConversation).where(DeskConversation.id.in_(handovers)))
            return await with_last(session, [case_of(row) for row in rows])

    async def seen(self, presence: Presence, until: datetime) -> None:
        """See the port."""
        row = {
            "key": _key(presence.handover, presence.user_id),
            "handover_id": presence.handover,
            "user_id": presence.user_id,
            "user_name": presence.user_name,
            "typing": presence.typing,
            "until": until,
        }
        async with self._sessions.begin() as session:
            await session.execute(insert_if_new(session, DeskPresence, row))
            values = {"typing": presence.typing, "until": until}
            await session.execute(update(DeskPresence).where(DeskPresence.key == row["key"]).values(values))

    async def gone(self, handover: int, user_id: int) -> None:
        """See the port."""
        async with self._sessions.begin() as session:
            await session.execute(delete(DeskPresence).where(DeskPresence.key == _key(handover, user_id)))


def _key(handover: int, user_id: int) -> str:
    return f"{handover}:{user_id}"

"""Keeps the hotline's hours; each change and its audit entry are one transaction."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.accounts.audit import Entry
from bot.hours.model import Hours, Kept
from bot.storage.audit import record
from bot.storage.hours_tables import DeskHours
from bot.storage.sessions import Sessions
from bot.storage.upsert import insert_if_new


class HoursRepository:
    """One row for each team that has hours of its own, and one for all."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def everything(self) -> Sequence[Kept]:
        """See the port."""
        async with self._sessions() as session:
            return [_kept(row) for row in await session.scalars(select(DeskHours).order_by(DeskHours.team))]

    async def change(self, kept: Kept, entry: Entry) -> bool:
        """See the port."""
        async with self._sessions.begin() as session:
            if await _changed(session, kept) is None:
                return False
            record(session, entry)
            return True

    async def remove(self, team: str, version: int, entry: Entry) -> bool:
        """See the port."""
        gone = delete(DeskHours).where(DeskHours.team == team, DeskHours.version == version)
        async with self._sessions.begin() as session:
            if await session.scalar(gone.returning(DeskHours.team)) is None:
                return False
            record(session, entry)
            return True


async def _changed(session: AsyncSession, kept: Kept) -> str | None:
    values = {
        "body": msgspec.json.encode(kept.hours).decode(),
        "version": kept.version,
        "changed_at": kept.changed_at,
        "changed_by": kept.changed_by,
    }
    if kept.version == 1:
        return await session.scalar(
            insert_if_new(session, DeskHours, {"team": kept.team, **values}).returning(DeskHours.team)
        )
    before = DeskHours.team == kept.team, DeskHours.version == kept.version - 1
    return await session.scalar(update(DeskHours).where(*before).values(values).returning(DeskHours.team))


def _kept(row: DeskHours) -> Kept:
    hours = msgspec.json.decode(row.body, type=Hours)
    return Kept(row.team, hours, row.version, row.changed_at, row.changed_by)

"""Keeps the operators' switches; each change and its audit entry are one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select, update

from bot.accounts.audit import Entry
from bot.storage.audit import record
from bot.storage.privacy_tables import OperatorSwitch
from bot.storage.sessions import Sessions
from bot.storage.upsert import insert_if_new
from bot.switches.model import Switch


class SwitchRepository:
    """One row for each thing that was ever stopped."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def stopped(self) -> Sequence[Switch]:
        """See the port."""
        query = select(OperatorSwitch).where(OperatorSwitch.stopped).order_by(OperatorSwitch.name)
        async with self._sessions() as session:
            rows = await session.scalars(query)
            return [Switch(row.name, row.notice, row.changed_at, row.changed_by) for row in rows]

    async def change(self, switch: Switch, stopped: bool, entry: Entry) -> bool:
        """See the port."""
        row = {"name": switch.name, "stopped": False, "notice": "", "changed_at": entry.at}
        values = {
            "stopped": stopped,
            "notice": switch.notice,
            "changed_at": switch.changed_at,
            "changed_by": switch.changed_by,
        }
        other = OperatorSwitch.name == switch.name, OperatorSwitch.stopped.is_(not stopped)
        async with self._sessions.begin() as session:
            await session.execute(insert_if_new(session, OperatorSwitch, row))
            change = update(OperatorSwitch).where(*other).values(values).returning(OperatorSwitch.name)
            if await session.scalar(change) is None:
                return False
            record(session, entry)
            return True

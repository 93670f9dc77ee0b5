"""Writes and reads the audit log; there is no way here to change or delete an entry."""

from __future__ import annotations

import msgspec
from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.accounts.audit import Actor, Entry, Filter, Recorded
from bot.storage.console_tables import AuditEntry
from bot.storage.sessions import Sessions


def record(session: AsyncSession, entry: Entry) -> None:
    """Add an entry within the caller's transaction, so that an act and its entry are kept together or not at all."""
    session.add(
        AuditEntry(
            at=entry.at,
            user_id=entry.by.id,
            user_name=entry.by.name,
            verb=entry.verb,
            kind=entry.kind,
            object_id=entry.object_id,
            reason=entry.reason,
            before=_json(entry.before),
            after=_json(entry.after),
        )
    )


class AuditRepository:
    """The log as it is read, newest first."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def page(self, chosen: Filter, below: int | None, size: int) -> list[Recorded]:
        """At most `size` entries that the filter lets through, older than the number `below`."""
        query = _filtered(select(AuditEntry), chosen).order_by(AuditEntry.id.desc()).limit(size)
        if below is not None:
            query = query.where(AuditEntry.id < below)
        async with self._sessions() as session:
            return [_recorded(row) for row in await session.scalars(query)]


def _filtered(query: Select[tuple[AuditEntry]], chosen: Filter) -> Select[tuple[AuditEntry]]:
    equal = {
        AuditEntry.user_name: chosen.name,
        AuditEntry.verb: chosen.verb,
        AuditEntry.kind: chosen.kind,
        AuditEntry.object_id: chosen.object_id,
    }
    query = query.where(*(column == value for column, value in equal.items() if value is not None))
    if chosen.since is not None:
        query = query.where(AuditEntry.at >= chosen.since)
    if chosen.until is not None:
        query = query.where(AuditEntry.at < chosen.until)
    return query


def _recorded(row: AuditEntry) -> Recorded:
    by = Actor(row.user_id, row.user_name)
    before, after = (msgspec.json.decode(text, type=dict[str, object]) for text in (row.before, row.after))
    return Recorded(row.id, Entry(row.at, by, row.verb, row.kind, row.object_id, row.reason, before, after))


def _json(values: object) -> str:
    return msgspec.json.encode(values).decode()

"""Keeps the canned replies; whatever changes one raises the counter in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.accounts.audit import Entry
from bot.replies.model import Draft, Reply
from bot.replies.ports import Change, NewReply, Taken
from bot.storage.audit import record
from bot.storage.reply_tables import DeskReply, DeskReplyCounter, DeskReplyUse
from bot.storage.sessions import Sessions
from bot.storage.upsert import insert_if_new

_COUNTER = 1


class ReplyRepository:
    """One row a reply, with its latest version; what it was before is in the audit log."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def counter(self) -> int:
        """See the port."""
        async with self._sessions() as session:
            query = select(DeskReplyCounter.number).where(DeskReplyCounter.id == _COUNTER)
            return int(await session.scalar(query) or 0)

    async def everything(self) -> list[Reply]:
        """See the port."""
        query = select(DeskReply).where(DeskReply.archived_at.is_(None)).order_by(DeskReply.id)
        async with self._sessions() as session:
            return [_reply(row) for row in await session.scalars(query)]

    async def uses(self) -> dict[str, int]:
        """See the port."""
        async with self._sessions() as session:
            rows = await session.execute(select(DeskReplyUse.key, DeskReplyUse.uses))
            return dict(rows.tuples().all())

    async def numbered(self, reply_id: int) -> Reply | None:
        """See the port."""
        async with self._sessions() as session:
            row = await session.get(DeskReply, reply_id)
        return None if row is None else _reply(row)

    async def add(self, news: Sequence[NewReply]) -> list[int]:
        """See the port."""
        rows = [DeskReply(owner=new.owner, version=1, **_columns(new.draft, new.standing, new.entry)) for new in news]
        try:
            async with self._sessions.begin() as session:
                session.add_all(rows)
                await session.flush()
                for row, new in zip(rows, news, strict=True):
                    record(session, replace(new.entry, object_id=str(row.id)))
                await _raise_counter(session)
        except IntegrityError:
            raise Taken from None
        return [row.id for row in rows]

    async def change(self, change: Change) -> bool:
        """See the port."""
        seen = and_(DeskReply.id == change.id, DeskReply.version == change.seen, DeskReply.archived_at.is_(None))
        columns = _columns(change.draft, change.standing, change.entry) | {"version": change.seen + 1}
        columns["archived_at"] = change.entry.at if change.archived else None
        try:
            async with self._sessions.begin() as session:
                changed = update(DeskReply).where(seen).values(columns).returning(DeskReply.id)
                if await session.scalar(changed) is None:
                    return False
                record(session, change.entry)
                await _raise_counter(session)
        except IntegrityError:
            raise Taken from None
        return True

    async def use(self, key: str, at: datetime) -> None:
        """See the port."""
        async with self._sessions.begin() as session:
            await session.execute(insert_if_new(session, DeskReplyUse, {"key": key, "uses": 0, "used_at": at}))
            counted = {"uses": DeskReplyUse.uses + 1, "used_at": at}
            await session.execute(update(DeskReplyUse).where(DeskReplyUse.key == key).values(counted))


async def _raise_counter(session: AsyncSession) -> None:
    counted = update(DeskReplyCounter).where(DeskReplyCounter.id == _COUNTER)
    await session.execute(counted.values(number=DeskReplyCounter.number + 1))


def _columns(draft: Draft, standing: str, entry: Entry) -> dict[str, Any]:
    return {
        "category": draft.category,
        "shortcut": draft.shortcut or None,
        "title": draft.title,
        "text": draft.text,
        "topic": draft.topic,
        "standing": standing,
        "changed_at": entry.at,
        "changed_by": entry.by.name or "",
    }


def _reply(row: DeskReply) -> Reply:
    draft = Draft(row.category, row.shortcut or "", row.title, row.text, row.topic)
    archived = row.archived_at is not None
    return Reply(row.id, row.owner, draft, row.standing, row.version, row.changed_at, row.changed_by, archived)

"""Deletes what is kept of workers, by worker or by age, and keeps the counts as proof."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, and_, delete, exists, func, insert, or_, select, update

from bot.conversation.ports import Erased
from bot.privacy.retention import periods
from bot.storage import (  # noqa: F401 - Their tables belong to Base.
    client_tables,
    console_tables,
    content_tables,
    document_tables,
    exchange_tables,
    feedback_tables,
    hotline_tables,
    hours_tables,
    insight_tables,
    model_tables,
    practice_tables,
    reply_tables,
    ticket_tables,
    training_tables,
    trial_tables,
    unanswered_tables,
)
from bot.storage.privacy_tables import Chore, Erasure, PrivacyNotice
from bot.storage.sessions import Sessions
from bot.storage.tables import Base, ConversationState, Exchange
from bot.storage.upsert import insert_if_new


class PrivacyRepository:
    """What privacy needs of the storage: notices given, chores, and deletion by age."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def first(self, conversation: str, now: datetime) -> bool:
        """Whether a conversation has not been given the notice so far; from now on it has."""
        row = {"conversation": conversation, "told_at": now}
        async with self._sessions() as session:
            if await session.get(PrivacyNotice, conversation) is not None:
                return False
        async with self._sessions.begin() as session:
            new = insert_if_new(session, PrivacyNotice, row).returning(PrivacyNotice.conversation)
            return await session.scalar(new) is not None

    async def count(self, table: str, since: str, before: datetime) -> int:
        """See the port."""
        found = Base.metadata.tables[table]
        async with self._sessions() as session:
            return await session.scalar(select(func.count()).select_from(found).where(_old(found, since, before))) or 0

    async def delete(self, table: str, since: str, before: datetime, most: int) -> int:
        """See the port."""
        found = Base.metadata.tables[table]
        (key,) = found.primary_key.columns
        some = select(key).where(_old(found, since, before)).limit(most)
        async with self._sessions.begin() as session:
            return len(list(await session.scalars(delete(found).where(key.in_(some)).returning(key))))

    async def claim(self, chore: str, now: datetime, every: timedelta) -> bool:
        """See the port."""
        due = update(Chore).where(Chore.name == chore, Chore.done_at <= now - every).values(done_at=now)
        async with self._sessions.begin() as session:
            new = insert_if_new(session, Chore, {"name": chore, "done_at": now}).returning(Chore.name)
            return await session.scalar(new) is not None or await session.scalar(due.returning(Chore.name)) is not None

    async def record(self, why: str, counts: Mapping[str, int], at: datetime) -> None:
        """See the port."""
        await self._sessions.transact(lambda connection: record_erasure(connection, why, counts, at))


def erase(connection: Connection, channel: str, sender: str, why: str, at: datetime) -> Erased:
    """Delete all that is kept of a sender within the caller's transaction, and record how much it was."""
    counts = {}
    for name, period in periods().items():
        if period.worker:
            table = Base.metadata.tables[name]
            deleted = connection.execute(delete(table).where(_of(table, channel, sender)))
            counts[name] = deleted.rowcount
    return Erased(record_erasure(connection, why, counts, at), counts)


def record_erasure(connection: Connection, why: str, counts: Mapping[str, int], at: datetime) -> str:
    """Keep the counts of a deletion; the number by which it is found again."""
    proof = secrets.token_hex(4).upper()
    row = {"at": at, "why": why, "proof": proof, "counts": msgspec.json.encode(counts).decode()}
    connection.execute(insert(Erasure).values(row))
    return proof


def _of(table: Table, channel: str, sender: str) -> ColumnElement[bool]:
    if "conversation" in table.columns:
        return table.c.conversation == f"{channel}:{sender}"
    return and_(table.c.channel == channel, table.c.sender == sender)


def _old(table: Table, since: str, before: datetime) -> ColumnElement[bool]:
    """What is older; nothing is taken from under a message that is being answered."""
    moment: Any = table.c[since]
    old: ColumnElement[bool] = moment < before
    if table.name == Exchange.__tablename__:
        return and_(old, table.c.replied_at.is_not(None))
    if table.name == ConversationState.__tablename__:
        open_ = exists().where(
            Exchange.replied_at.is_(None), Exchange.channel + ":" + Exchange.sender == table.c.conversation
        )
        return and_(old, ~open_)
    return or_(old)

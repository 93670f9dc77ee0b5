"""The outbox as a message's own transaction sees it: what is owed to the worker, and what is put in for him."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.assistant.port import Reply
from bot.conversation.ports import Owed, Post, Waiting
from bot.storage.tables import Outgoing

_UNTOUCHED = ("queued", "parked")
ORDER = (func.coalesce(Outgoing.place, Outgoing.id), Outgoing.id)


def any_owed(channel: str, sender: str) -> ColumnElement[bool]:
    """Whether the sender has replies in the outbox that he was not given."""
    return exists().where(*_replies_to(channel, sender))


async def hold(session: AsyncSession, channel: str, sender: str) -> tuple[tuple[Owed, ...], bool]:
    """What is owed to a sender, parked for the turn that begins; and whether more is on its way at this moment."""
    query = select(Outgoing).where(*_replies_to(channel, sender)).order_by(*ORDER).with_for_update()
    rows = list(await session.scalars(query))
    for row in rows:
        if row.state == "queued":
            row.state = "parked"
    owed = tuple(
        Owed(row.id, msgspec.json.decode(row.content, type=Reply), row.state != "unknown")
        for row in rows
        if row.state != "sending"
    )
    return owed, len(owed) < len(rows)


async def show(session: AsyncSession, rows: Sequence[int], at: datetime) -> bool:
    """End what a reply contains; False where the worker was given some of it meanwhile."""
    owed = (Outgoing.id.in_(rows), Outgoing.ended_at.is_(None))
    change = update(Outgoing).where(*owed).values(state="shown", ended_at=at).returning(Outgoing.id)
    return len(list(await session.scalars(change))) == len(rows)


async def add(session: AsyncSession, message: Waiting, post: Post, at: datetime) -> None:
    """Put in replies; what was parked for the same worker is sent before, where these are to be sent."""
    said = message.said
    if post.state == "queued":
        parked = (*_replies_to(said.channel, said.sender), Outgoing.state == "parked")
        await session.execute(update(Outgoing).where(*parked).values(state="queued", due_at=at, attempts=0))
    for reply in post.replies:
        row = {
            "channel": said.channel,
            "sender": said.sender,
            "exchange_id": message.id,
            "kind": "reply",
            "content": msgspec.json.encode(reply),
            "state": post.state,
            "created_at": at,
            "due_at": at,
        }
        await session.execute(insert(Outgoing).values(row))


async def take_back(session: AsyncSession, exchange: int, at: datetime) -> bool:
    """End as shown what answers a message; False, and nothing, where a part of it may have reached the worker."""
    mine = (Outgoing.exchange_id == exchange, Outgoing.kind == "reply")
    rows = list(await session.scalars(select(Outgoing).where(*mine).with_for_update()))
    if not rows or any(row.state not in _UNTOUCHED for row in rows):
        return False
    busy = exists().where(*_replies_to(rows[0].channel, rows[0].sender), Outgoing.state == "sending")
    if await session.scalar(select(busy)):
        return False
    return await show(session, [row.id for row in rows], at)


def _replies_to(channel: str, sender: str) -> tuple[ColumnElement[bool], ...]:
    own = (Outgoing.channel == channel, Outgoing.sender == sender)
    return (*own, Outgoing.kind == "reply", Outgoing.ended_at.is_(None))

"""Records messages at receipt and completes them with their replies; what one process records, all see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.assistant.port import Reply
from bot.conversation.ports import Answered, Completion, Erased, Lease, Post, Receipt, Said, Turn, Waiting
from bot.storage import outgoing
from bot.storage.conversation_states import lock_state, write_state
from bot.storage.privacy import erase
from bot.storage.sessions import Sessions
from bot.storage.tables import Exchange
from bot.storage.upsert import insert_if_new

_ORPHANS = 20
_OPEN = Exchange.replied_at.is_(None)


class ExchangeRepository:
    """A message is kept once for its channel, sender and key.

    Each change locks the conversation first: its messages so get their numbers in the order in which they can be seen,
    and no two processes can deadlock. A reply is only recorded by who owns the message at that moment.
    """

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def receive(self, said: Said, lease: Lease) -> Receipt:
        """See the port."""
        row = {
            "channel": said.channel,
            "sender": said.sender,
            "key": said.key,
            "text": said.text,
            "canned": said.canned,
            "event": said.event,
            "received_at": lease.now,
            "owner": lease.owner,
            "leased_until": lease.until,
        }
        async with self._sessions.begin() as session:
            state = await lock_state(session, said.conversation, lease.now)
            new = await session.scalar(insert_if_new(session, Exchange, row).returning(Exchange.id))
            if new is None:
                return await _repeat(session, said)
            busy = await session.scalar(select(or_(_before(said, new), outgoing.any_owed(said.channel, said.sender))))
        return Receipt(new, 1, turn=None if busy else Turn(state))

    async def take(self, exchange: int, lease: Lease) -> Turn | Answered | None:
        """See the port."""
        async with self._sessions.begin() as session:
            row = await session.get(Exchange, exchange)
            if row is None:
                raise LookupError("the message was deleted")
            state = await lock_state(session, f"{row.channel}:{row.sender}", lease.now)
            # Read again, now that nobody can change it.
            await session.refresh(row)
            if row.reply is not None:
                return Answered(msgspec.json.decode(row.reply, type=Reply), row.late)
            free = row.owner == lease.owner or row.leased_until is None or row.leased_until < lease.now
            if not free or await session.scalar(select(_before(_waiting(row).said, exchange))):
                return None
            row.owner, row.leased_until = lease.owner, lease.until
            owed, sending = await outgoing.hold(session, row.channel, row.sender)
            return Turn(state, row.fragment, owed, sending)

    async def complete(self, message: Waiting, owner: str, done: Completion) -> bool:
        """See the port."""
        async with self._sessions.begin() as session:
            finished = await _finish(session, message, owner, done)
            if not finished or (done.shown and not await outgoing.show(session, done.shown, done.at)):
                await session.rollback()
                return False
            if done.post is not None:
                await outgoing.add(session, message, done.post, done.at)
        return True

    async def join(self, message: Waiting, owner: str, later: int, text: str, done: Completion) -> bool:
        """See the port."""
        change = update(Exchange).where(Exchange.id == later, _OPEN).values(fragment=text).returning(Exchange.id)
        async with self._sessions.begin() as session:
            if await _finish(session, message, owner, done) and await session.scalar(change) is not None:
                return True
            await session.rollback()
            return False

    async def later(self, message: Waiting) -> Waiting | None:
        """See the port."""
        query = select(Exchange).where(*_of(message.said), _OPEN, Exchange.id > message.id)
        async with self._sessions() as session:
            row = await session.scalar(query.order_by(Exchange.id).limit(1))
        return None if row is None else _waiting(row)

    async def show(self, exchange: int, at: datetime) -> bool:
        """See the port."""
        async with self._sessions.begin() as session:
            return await outgoing.take_back(session, exchange, at)

    async def post(self, exchange: int, post: Post, at: datetime) -> None:
        """See the port."""
        async with self._sessions.begin() as session:
            row = await session.get(Exchange, exchange)
            if row is not None:
                row.late = True
                await outgoing.add(session, _waiting(row), post, at)

    async def renew(self, exchanges: Sequence[int], lease: Lease) -> None:
        """See the port."""
        mine = and_(Exchange.id.in_(exchanges), Exchange.owner == lease.owner, _OPEN)
        async with self._sessions.begin() as session:
            await session.execute(update(Exchange).where(mine).values(leased_until=lease.until))

    async def orphans(self, now: datetime) -> Sequence[Waiting]:
        """See the port."""
        query = select(Exchange).where(_OPEN, Exchange.leased_until < now).order_by(Exchange.id).limit(_ORPHANS)
        async with self._sessions() as session:
            return [_waiting(row) for row in await session.scalars(query)]

    async def forget(self, channel: str, sender: str, why: str, at: datetime) -> Erased:
        """See the port."""
        async with self._sessions.begin() as session:
            await lock_state(session, f"{channel}:{sender}", at)
            return await erase(session, channel, sender, why, at)


async def _repeat(session: AsyncSession, said: Said) -> Receipt:
    change = update(Exchange).where(*_of(said), Exchange.key == said.key).values(deliveries=Exchange.deliveries + 1)
    row = (
        await session.execute(change.returning(Exchange.id, Exchange.deliveries, Exchange.reply, Exchange.late))
    ).one()
    answered = None if row.reply is None else Answered(msgspec.json.decode(row.reply, type=Reply), row.late)
    return Receipt(row.id, row.deliveries, answered)


async def _finish(session: AsyncSession, message: Waiting, owner: str, done: Completion) -> bool:
    conversation = message.said.conversation
    if done.state is None:
        await lock_state(session, conversation, done.at)
    else:
        await write_state(session, conversation, done.state, done.at)
    understood = done.reply.understanding
    columns = {
        "reply": msgspec.json.encode(done.reply),
        "replied_at": done.at,
        "late": done.late,
        "intent": understood.intent if understood else None,
        "label": understood.label if understood else None,
        "confidence": understood.confidence if understood else None,
        "urgent": done.urgent,
    }
    mine = and_(Exchange.id == message.id, Exchange.owner == owner, _OPEN)
    changed = await session.scalar(update(Exchange).where(mine).values(columns).returning(Exchange.id))
    return changed is not None


def _of(said: Said) -> tuple[ColumnElement[bool], ...]:
    return Exchange.channel == said.channel, Exchange.sender == said.sender


def _before(said: Said, exchange: int) -> ColumnElement[bool]:
    return exists().where(*_of(said), _OPEN, Exchange.id < exchange)


def _waiting(row: Exchange) -> Waiting:
    return Waiting(row.id, Said(row.channel, row.sender, row.key, row.text, row.canned, row.event))

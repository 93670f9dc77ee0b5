"""The outbox as its sender sees it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import ColumnElement, Update, bindparam, func, insert, not_, select, tuple_, update
from sqlalchemy import text as sql
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.assistant.port import Reply
from bot.conversation.ports import Said
from bot.storage.hotline_tables import DeskConversation, DeskMessage
from bot.storage.privacy_tables import WorkerAddress
from bot.storage.sessions import Sessions
from bot.storage.tables import Exchange, Outgoing
from bot.wechat.endings import State
from bot.wechat.outbox import Letter
from bot.wechat.quota import MESSAGE_LASTS, Ledger

_SENDING_LASTS = timedelta(seconds=60)
"""Longer than any call with its renewal of the token."""

_UNDER_WAY = sql("outgoing.state IN ('queued', 'sending')")
"""As the partial index has it, word for word."""

_REACHED = ("sent", "unknown")
_ENDS = ("sent", "failed")
_COPIED = ("channel", "sender", "exchange_id", "desk_message_id", "kind", "place")
"""What the parts of a letter have in common."""


_DELIVERED = (
    update(DeskConversation)
    .where(
        DeskConversation.id
        == select(DeskMessage.handover_id).where(DeskMessage.id == bindparam("message")).scalar_subquery()
    )
    .values(changes=DeskConversation.changes + 1)
)
"""The desk shows what became of a person's message."""


class OutboxRepository:
    """The letters of one channel."""

    def __init__(self, sessions: Sessions, channel: str) -> None:
        self._sessions = sessions
        self._channel = channel

    async def claim(self, now: datetime, most: int) -> Sequence[Letter]:
        """See bot.wechat.outbox."""
        if not await self._any_due(now):
            return ()
        own = (Outgoing.channel == self._channel, _UNDER_WAY, Outgoing.due_at <= now)
        lost = update(Outgoing).where(*own, Outgoing.state == "sending").values(state="unknown", sent_at=now)
        due = (
            select(Outgoing, WorkerAddress.address)
            .outerjoin(WorkerAddress, WorkerAddress.sender == Outgoing.sender)
            .where(*own, Outgoing.state == "queued", not_(_earlier_one()))
        )
        async with self._sessions.begin() as session:
            await _told_at_desk(session, lost)
            locked = due.order_by(Outgoing.due_at).limit(most).with_for_update(skip_locked=True, of=Outgoing)
            rows = (await session.execute(locked)).all()
            for row, address in rows:
                if address is None:
                    # Put in while all that was kept of the worker was deleted: nobody can send it.
                    await session.delete(row)
            found = [(row, address) for row, address in rows if address is not None]
            letters = [await self._letter(session, row, address, now) for row, address in found]
            for row, _ in found:
                row.state, row.attempts, row.due_at = "sending", row.attempts + 1, now + _SENDING_LASTS
        return letters

    async def record(self, letter: int, state: State, at: datetime, code: int | None, due_at: datetime) -> None:
        """See bot.wechat.outbox."""
        columns = {
            "state": state,
            "code": code,
            "due_at": due_at,
            "sent_at": at if state in _REACHED else None,
            "ended_at": at if state in _ENDS else None,
        }
        async with self._sessions.begin() as session:
            # One that took so long that it counted as unknown may have been shown again: it stays so.
            own = (Outgoing.id == letter, Outgoing.ended_at.is_(None))
            await _told_at_desk(session, update(Outgoing).where(*own).values(columns))

    async def split(self, letter: int, replies: Sequence[Reply], at: datetime) -> None:
        """See bot.wechat.outbox."""
        first, *rest = (msgspec.json.encode(reply) for reply in replies)
        async with self._sessions.begin() as session:
            row = await session.get(Outgoing, letter)
            if row is None:
                return
            row.place = row.place or row.id
            row.content, row.state, row.due_at = first, "queued", at
            for content in rest:
                copied = {name: getattr(row, name) for name in _COPIED}
                new = {**copied, "content": content, "state": "queued", "created_at": at, "due_at": at}
                await session.execute(insert(Outgoing).values(new))

    async def park_all(self) -> None:
        """See bot.wechat.outbox."""
        queued = (Outgoing.channel == self._channel, _UNDER_WAY, Outgoing.state == "queued")
        async with self._sessions.begin() as session:
            await _told_at_desk(session, update(Outgoing).where(*queued).values(state="parked"))

    async def add_typing(self, said: Said, at: datetime) -> None:
        """Put in the sign that the answer to a message is being written."""
        row = {
            "channel": said.channel,
            "sender": said.sender,
            "kind": "typing",
            "content": b"",
            "state": "queued",
            "created_at": at,
            "due_at": at,
        }
        async with self._sessions.begin() as session:
            await session.execute(insert(Outgoing).values(row))

    async def _any_due(self, now: datetime) -> bool:
        """Most looks find nothing: they must not make other writers wait."""
        query = select(Outgoing.id).where(_UNDER_WAY, Outgoing.due_at <= now).limit(1)
        async with self._sessions() as session:
            return await session.scalar(query) is not None

    async def _letter(self, session: AsyncSession, row: Outgoing, address: str, now: datetime) -> Letter:
        reply = msgspec.json.decode(row.content, type=Reply) if row.content else None
        ledger = Ledger(
            await _last(session, row, event=False),
            await _last(session, row, event=True),
            await _sent(session, row, now - MESSAGE_LASTS),
        )
        return Letter(row.id, address, reply, row.attempts + 1, row.created_at, ledger, row.kind == "person")


async def _told_at_desk(session: AsyncSession, change: Update) -> None:
    """Change letters; desks see what became of those that people wrote."""
    for message in (await session.scalars(change.returning(Outgoing.desk_message_id))).all():
        if message is not None:
            await session.execute(_DELIVERED, {"message": message})


def _earlier_one() -> ColumnElement[bool]:
    earlier = aliased(Outgoing)
    order = tuple_(func.coalesce(earlier.place, earlier.id), earlier.id)
    return (
        select(earlier.id)
        .where(
            earlier.channel == Outgoing.channel,
            earlier.sender == Outgoing.sender,
            earlier.state.in_(("queued", "sending")),
            order < tuple_(func.coalesce(Outgoing.place, Outgoing.id), Outgoing.id),
        )
        .exists()
    )


async def _last(session: AsyncSession, row: Outgoing, *, event: bool) -> datetime | None:
    mine = (Exchange.channel == row.channel, Exchange.sender == row.sender, Exchange.event == event)
    last: datetime | None = await session.scalar(select(func.max(Exchange.received_at)).where(*mine))
    return last


async def _sent(session: AsyncSession, row: Outgoing, since: datetime) -> Sequence[datetime]:
    mine = (Outgoing.channel == row.channel, Outgoing.sender == row.sender, Outgoing.kind != "typing")
    times = await session.scalars(select(Outgoing.sent_at).where(*mine, Outgoing.sent_at >= since))
    return [time for time in times if time is not None]

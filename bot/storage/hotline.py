"""Keeps the handovers: who owns which, what was done to them, and what people send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import msgspec
from sqlalchemy import Connection, and_, func, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.accounts.model import User
from bot.hotline.model import Case, Kind, Reason, State, Story
from bot.hotline.ports import Change, Sending
from bot.storage import outgoing
from bot.storage.audit import record
from bot.storage.conversation_states import lock_state
from bot.storage.hotline_story import story_of
from bot.storage.hotline_tables import DeskConversation, DeskEvent, DeskMessage
from bot.storage.sessions import Sessions
from bot.storage.tables import Exchange, table_of
from bot.storage.upsert import inserts_if_new

_AT_ONCE = 20
_MESSAGES = table_of(DeskMessage)
_WRITE = inserts_if_new(
    _MESSAGES,
    ("handover_id", "conversation", "key", "at", "user_id", "user_name", "text", "reply_key"),
    _MESSAGES.c.id,
)
_OPEN = DeskConversation.closed_at.is_(None)


class CaseRepository:
    """Every change is one UPDATE that names what was seen."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def numbered(self, handover: int) -> Case | None:
        """See the port."""
        async with self._sessions() as session:
            row = await session.get(DeskConversation, handover)
        return None if row is None else case_of(row)

    async def open_(self) -> Sequence[Case]:
        """See the port."""
        order = (DeskConversation.priority.desc(), DeskConversation.waiting_since, DeskConversation.id)
        async with self._sessions() as session:
            rows = await session.scalars(select(DeskConversation).where(_OPEN).order_by(*order))
            return await with_last(session, [case_of(row) for row in rows])

    async def ahead(self) -> int:
        """See the port."""
        waiting = select(func.count()).where(_OPEN, DeskConversation.state == State.WAITING.value)
        async with self._sessions() as session:
            return await session.scalar(waiting) or 0

    async def story(self, case: Case) -> Story:
        """See the port."""
        before = (DeskConversation.conversation == case.conversation, DeskConversation.id < case.id)
        async with self._sessions() as session:
            earlier = await session.scalars(select(DeskConversation).where(*before).order_by(DeskConversation.id))
            return await story_of(session, case, tuple(case_of(row) for row in earlier))

    async def media(self, case: Case, exchange: int) -> str | None:
        """See the port."""
        own = (Exchange.id == exchange, Exchange.channel == case.channel, Exchange.sender == case.sender)
        async with self._sessions() as session:
            return await session.scalar(select(Exchange.media).where(*own)) or None

    async def change(self, change: Change) -> bool:
        """See the port."""
        owner = change.owner
        values = {
            **change.values,
            "state": change.state.value,
            "owner": owner.id if owner else None,
            "owner_name": owner.display_name if owner else "",
            "version": DeskConversation.version + 1,
            "changes": DeskConversation.changes + 1,
        }
        seen = [DeskConversation.id == change.handover, DeskConversation.version == change.seen, _OPEN]
        if change.overdue:
            seen.append(DeskConversation.due_at <= change.event.at)
        if change.most is not None and owner is not None:
            other = aliased(DeskConversation)
            held = select(func.count()).where(other.owner == owner.id, other.closed_at.is_(None))
            seen.append(held.scalar_subquery() < change.most)
        async with self._sessions.begin() as session:
            changed = update(DeskConversation).where(*seen).values(values).returning(DeskConversation.conversation)
            conversation = await session.scalar(changed)
            if conversation is None:
                return False
            event, entry = change.event, change.entry
            own = {"handover_id": change.handover, "conversation": conversation, "at": event.at}
            session.add(
                DeskEvent(
                    **own,
                    kind=event.kind.value,
                    user_id=entry.by.id if entry else None,
                    user_name=event.user_name,
                    text=event.text,
                )
            )
            if entry is not None:
                record(session, entry)
            return True

    async def note(
        self, case: Case, kind: Kind, user: User, text: str, at: datetime, tags: Sequence[str] | None
    ) -> None:
        """See the port."""
        values: dict[str, object] = {"changes": DeskConversation.changes + 1}
        if tags is not None:
            values["tags"] = _json(tags)
        async with self._sessions.begin() as session:
            noted = update(DeskConversation).where(DeskConversation.id == case.id).values(values)
            if await session.scalar(noted.returning(DeskConversation.id)) is None:
                # All that was kept of the worker has just been deleted.
                return
            own = {"handover_id": case.id, "conversation": case.conversation, "at": at, "kind": kind.value}
            session.add(DeskEvent(**own, user_id=user.id, user_name=user.display_name, text=text))

    async def send(self, sending: Sending) -> bool:
        """See the port."""
        return await self._sessions.transact(lambda connection: _send(connection, sending))

    async def held(self, owner: int) -> int:
        """See the port."""
        query = select(func.count()).where(DeskConversation.owner == owner, _OPEN)
        async with self._sessions() as session:
            return await session.scalar(query) or 0

    async def due(self, now: datetime) -> Sequence[Case]:
        """See the port."""
        query = select(DeskConversation).where(_OPEN, DeskConversation.due_at <= now)
        async with self._sessions() as session:
            rows = await session.scalars(query.order_by(DeskConversation.due_at).limit(_AT_ONCE))
            return [case_of(row) for row in rows]

    async def put_off(self, case: Case, due_at: datetime | None) -> None:
        """See the port."""
        seen = (DeskConversation.id == case.id, DeskConversation.version == case.version)
        same = DeskConversation.due_at == case.due_at
        async with self._sessions.begin() as session:
            await session.execute(update(DeskConversation).where(*seen, same).values(due_at=due_at))


def _send(connection: Connection, sending: Sending) -> bool:
    name = select(DeskConversation.conversation).where(DeskConversation.id == sending.handover)
    conversation = connection.scalar(name)
    if conversation is None:
        return False
    lock_state(connection, conversation, sending.at)
    row = {
        "handover_id": sending.handover,
        "conversation": conversation,
        "key": sending.key,
        "at": sending.at,
        "user_id": sending.owner.id,
        "user_name": sending.owner.display_name,
        "text": sending.text,
        "reply_key": sending.reply_key,
    }
    message = connection.scalar(_WRITE[connection.dialect.name], row)
    if message is None:
        return True
    mine = (DeskConversation.id == sending.handover, DeskConversation.owner == sending.owner.id, _OPEN)
    values = {
        "agent_at": sending.at,
        "first_answer_at": func.coalesce(DeskConversation.first_answer_at, sending.at),
        "unread": 0,
        "changes": DeskConversation.changes + 1,
        "due_at": sending.due_at,
    }
    owned = update(DeskConversation).where(*mine, DeskConversation.state == State.AGENT.value).values(values)
    if connection.scalar(owned.returning(DeskConversation.id)) is None:
        connection.rollback()
        return False
    outgoing.add_of_person(connection, conversation, message, sending.post, sending.at)
    return True


def case_of(row: DeskConversation) -> Case:
    """The row as the desk sees it."""
    return Case(
        id=row.id,
        conversation=row.conversation,
        state=State(row.state),
        reason=Reason(row.reason),
        priority=row.priority,
        urgent=row.urgent,
        team=row.team,
        begun_at=row.begun_at,
        waiting_since=row.waiting_since,
        owner=row.owner,
        owner_name=row.owner_name,
        claimed_at=row.claimed_at,
        version=row.version,
        changes=row.changes,
        unread=row.unread,
        worker_at=row.worker_at,
        agent_at=row.agent_at,
        first_answer_at=row.first_answer_at,
        due_at=row.due_at,
        tags=tuple(msgspec.json.decode(row.tags, type=list[str])),
        outcome=row.outcome,
        closed_at=row.closed_at,
    )


async def with_last(session: AsyncSession, cases: Sequence[Case]) -> list[Case]:
    """The same with what each worker wrote last, besides that he wants a person."""
    last = await _last(session, cases)
    return [replace(case, last=last.get(case.conversation, "")) for case in cases]


async def _last(session: AsyncSession, cases: Sequence[Case]) -> Mapping[str, str]:
    if not cases:
        return {}
    # By channel, since SQLite reads the whole table for a list of pairs.
    senders: dict[str, list[str]] = {}
    for case in cases:
        senders.setdefault(case.channel, []).append(case.sender)
    of = or_(*(and_(Exchange.channel == channel, Exchange.sender.in_(them)) for channel, them in senders.items()))
    # A handover begins at the moment at which the message that asks for it is answered.
    wish = Exchange.replied_at.in_({case.begun_at for case in cases})
    told = and_(Exchange.text != "", or_(Exchange.replied_at.is_(None), not_(wish)))
    newest = select(func.max(Exchange.id)).where(of, told).group_by(Exchange.channel, Exchange.sender)
    found = select(Exchange.channel, Exchange.sender, Exchange.text).where(Exchange.id.in_(newest))
    return {f"{row.channel}:{row.sender}": row.text for row in await session.execute(found)}


def _json(values: Sequence[str]) -> str:
    return msgspec.json.encode(list(values)).decode()

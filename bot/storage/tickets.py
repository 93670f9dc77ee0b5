"""Keeps the requests to be called back; who has one changes by compare-and-set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, func, insert, select, update

from bot.accounts.audit import Entry
from bot.accounts.model import User
from bot.conversation.ports import Waiting
from bot.storage.audit import record
from bot.storage.sessions import Sessions
from bot.storage.ticket_tables import DeskTicket
from bot.tickets.model import NewTicket, Ticket

_OPEN = DeskTicket.done_at.is_(None)


class TicketRepository:
    """One row a request."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def open_of(self, conversation: str) -> int:
        """See the port."""
        query = select(func.count()).where(DeskTicket.conversation == conversation, _OPEN)
        async with self._sessions() as session:
            return await session.scalar(query) or 0

    async def open_(self) -> Sequence[Ticket]:
        """See the port."""
        order = (DeskTicket.due_at.is_(None), DeskTicket.due_at, DeskTicket.id)
        return await self._found(select(DeskTicket).where(_OPEN).order_by(*order))

    async def done(self, most: int) -> Sequence[Ticket]:
        """See the port."""
        return await self._found(select(DeskTicket).where(~_OPEN).order_by(DeskTicket.done_at.desc()).limit(most))

    async def numbered(self, ticket: int) -> Ticket | None:
        """See the port."""
        return next(iter(await self._found(select(DeskTicket).where(DeskTicket.id == ticket))), None)

    async def own(self, ticket: int, before: int | None, owner: User | None, entry: Entry) -> bool:
        """See the port."""
        values = {"owner": owner.id if owner else None, "owner_name": owner.display_name if owner else ""}
        return await self._change(ticket, before, values, entry)

    async def finish(self, ticket: int, owner: int, outcome: str, at: datetime, entry: Entry) -> bool:
        """See the port."""
        return await self._change(ticket, owner, {"done_at": at, "outcome": outcome}, entry)

    async def _change(self, ticket: int, owner: int | None, values: Mapping[str, object], entry: Entry) -> bool:
        seen = (DeskTicket.id == ticket, DeskTicket.owner.is_not_distinct_from(owner), _OPEN)
        async with self._sessions.begin() as session:
            changed = update(DeskTicket).where(*seen).values(values).returning(DeskTicket.id)
            if await session.scalar(changed) is None:
                return False
            record(session, entry)
            return True

    async def _found(self, query: Select[tuple[DeskTicket]]) -> list[Ticket]:
        async with self._sessions() as session:
            return [_ticket(row) for row in await session.scalars(query)]


def write_ticket(connection: Connection, message: Waiting, new: NewTicket, at: datetime) -> None:
    """Keep what a worker has left, in the transaction of the reply that tells him so; see bot.storage.beside."""
    row = {
        "conversation": message.said.conversation,
        "text": new.text,
        "made_at": at,
        "due_at": new.due_at,
        "owner_name": "",
        "outcome": "",
    }
    connection.execute(insert(DeskTicket).values(row))


def _ticket(row: DeskTicket) -> Ticket:
    return Ticket(
        id=row.id,
        conversation=row.conversation,
        text=row.text,
        made_at=row.made_at,
        due_at=row.due_at,
        owner=row.owner,
        owner_name=row.owner_name,
        done_at=row.done_at,
        outcome=row.outcome,
    )

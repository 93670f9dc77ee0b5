"""Records messages at receipt and completes them with their replies; what one process records, all see."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row

from bot.assistant.port import Reply
from bot.conversation.ports import Answered, Completion, Erased, Lease, Post, Receipt, Said, Turn, Waiting
from bot.storage import exchange_statements as statements
from bot.storage import outgoing
from bot.storage.beside import write
from bot.storage.conversation_states import answered, lock_state
from bot.storage.outgoing import sender_of
from bot.storage.privacy import erase
from bot.storage.sessions import Sessions
from bot.storage.worker_addresses import note_address

_ORPHANS = 20


class ExchangeRepository:
    """A message is kept once for its channel, sender and key.

    Each change locks the conversation first: its messages so get their numbers in the order in which they can be seen,
    and no two processes can deadlock. A reply is only recorded by who owns the message at that moment.
    """

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def receive(self, said: Said, lease: Lease) -> Receipt:
        """See the port."""
        return await self._sessions.transact(lambda connection: _receive(connection, said, lease))

    async def take(self, message: Waiting, lease: Lease) -> Turn | Answered | None:
        """See the port."""
        return await self._sessions.transact(lambda connection: _take(connection, message, lease))

    async def ready(self, exchanges: Sequence[int], lease: Lease) -> Collection[int]:
        """See the port."""

        def find(connection: Connection) -> Collection[int]:
            found = connection.execute(statements.READY, {"exchanges": exchanges, **_free(lease)}).all()
            # Those that were deleted are not found.
            return set(exchanges) - {row.id for row in found if not row.ready}

        return await self._sessions.read(find)

    async def complete(
        self, message: Waiting, owner: str, done: Completion, confirm: Callable[[], None] = lambda: None
    ) -> Answered | None:
        """See the port."""

        def change(connection: Connection) -> Answered | None:
            finished = _finish(connection, message, owner, done)
            if not finished or (done.shown and not outgoing.show(connection, done.shown, done.at)):
                before = None if finished else _recorded(connection, message, owner)
                connection.rollback()
                return before
            for row in done.beside:
                write(connection, message, row, done.at)
            if done.post is not None:
                outgoing.add(connection, message, done.post, done.at)
            confirm()
            return Answered(done.reply, done.late)

        return await self._sessions.transact(change)

    async def join(self, message: Waiting, owner: str, later: int, text: str, done: Completion) -> bool:
        """See the port."""

        def change(connection: Connection) -> bool:
            if not _finish(connection, message, owner, done):
                before = _recorded(connection, message, owner)
                connection.rollback()
                return before is not None
            if connection.scalar(statements.JOIN, {"exchange": later, "new_fragment": text}) is None:
                connection.rollback()
                return False
            return True

        return await self._sessions.transact(change)

    async def later(self, message: Waiting) -> Waiting | None:
        """See the port."""
        of = {**sender_of(message.said), "exchange": message.id}
        row = await self._sessions.read(lambda connection: connection.execute(statements.LATER, of).one_or_none())
        return None if row is None else _waiting(row)

    async def show(self, message: Waiting, at: datetime) -> bool:
        """See the port."""

        def change(connection: Connection) -> bool:
            lock_state(connection, message.said.conversation, at)
            this = {"exchange": message.id}
            if connection.scalar(statements.LATE, this) is False:
                return True
            if not outgoing.take_back(connection, message, at):
                connection.rollback()
                return False
            connection.execute(statements.NO_LONGER_LATE, this)
            return True

        return await self._sessions.transact(change)

    async def post(self, message: Waiting, delivery: int, post: Post, at: datetime) -> None:
        """See the port."""

        def change(connection: Connection) -> None:
            lock_state(connection, message.said.conversation, at)
            if connection.scalar(statements.MAKE_LATE, {"exchange": message.id, "delivery": delivery}) is not None:
                outgoing.add(connection, message, post, at)
            else:
                connection.rollback()

        await self._sessions.transact(change)

    async def renew(self, exchanges: Sequence[int], lease: Lease) -> None:
        """See the port."""
        mine = {"exchanges": exchanges, "of_owner": lease.owner, "new_until": lease.until}
        await self._sessions.transact(lambda connection: connection.execute(statements.RENEW, mine))

    async def orphans(self, now: datetime) -> Sequence[Waiting]:
        """See the port."""
        some = {"now": now, "most": _ORPHANS}
        rows = await self._sessions.read(lambda connection: connection.execute(statements.ORPHANS, some).all())
        return [_waiting(row) for row in rows]

    async def forget(self, channel: str, sender: str, why: str, at: datetime) -> Erased:
        """See the port."""

        def delete(connection: Connection) -> Erased:
            lock_state(connection, f"{channel}:{sender}", at)
            return erase(connection, channel, sender, why, at)

        return await self._sessions.transact(delete)


def _receive(connection: Connection, said: Said, lease: Lease) -> Receipt:
    turn = lock_state(connection, said.conversation, lease.now)
    if said.address and turn.state is None:
        # Within a conversation it is known already.
        note_address(connection, said, lease.now)
    row = {
        **sender_of(said),
        "channel": said.channel,
        "sender": said.sender,
        "key": said.key,
        "text": said.text,
        "canned": said.canned,
        "event": said.event,
        "media": said.media or None,
        "received_at": lease.now,
        "owner": lease.owner,
        "leased_until": lease.until,
    }
    new = connection.execute(statements.RECORD[connection.dialect.name], row).one_or_none()
    if new is not None:
        busy = new.busy
        if busy is None:
            of = {**sender_of(said), "exchange": new.id}
            busy = connection.scalar(statements.BUSY, of)
        return Receipt(new.id, 1, turn=None if busy else turn)
    found = connection.execute(statements.REPEAT, {**sender_of(said), "of_key": said.key}).one()
    return Receipt(found.id, found.deliveries, _answered(found))


def _take(connection: Connection, message: Waiting, lease: Lease) -> Turn | Answered | None:
    said = message.said
    turn = lock_state(connection, said.conversation, lease.now)
    row = connection.execute(statements.FIND, {"exchange": message.id, **_free(lease)}).one_or_none()
    if row is None:
        raise LookupError("the message was deleted")
    if row.reply is not None:
        return _answered(row)
    if not row.ready:
        return None
    new = {"exchange": message.id, "new_owner": lease.owner, "new_until": lease.until}
    connection.execute(statements.LEASE, new)
    owed, sending = outgoing.hold(connection, said)
    return replace(turn, fragment=row.fragment, owed=owed, sending=sending)


def _finish(connection: Connection, message: Waiting, owner: str, done: Completion) -> bool:
    answered(connection, message.said.conversation, done.state, done.at)
    understood = done.reply.understanding
    values = {
        "exchange": message.id,
        "of_owner": owner,
        "new_reply": msgspec.json.encode(done.reply),
        "new_replied_at": done.at,
        "new_late": done.late,
        "new_intent": understood.intent if understood else None,
        "new_label": understood.label if understood else None,
        "new_confidence": understood.confidence if understood else None,
        "new_urgent": done.urgent,
    }
    return connection.scalar(statements.FINISH, values) is not None


def _recorded(connection: Connection, message: Waiting, owner: str) -> Answered | None:
    """What the owner has recorded already: the end of his transaction was lost on its way, and he tries again."""
    found = connection.execute(statements.RECORDED, {"exchange": message.id, "of_owner": owner}).one_or_none()
    return None if found is None else _answered(found)


def _answered(row: Row[Any]) -> Answered | None:
    return None if row.reply is None else Answered(msgspec.json.decode(row.reply, type=Reply), row.late)


def _free(lease: Lease) -> dict[str, object]:
    return {"of_owner": lease.owner, "others": lease.others, "now": lease.now}


def _waiting(row: Row[Any]) -> Waiting:
    return Waiting(row.id, Said(row.channel, row.sender, row.key, row.text, row.canned, row.event))

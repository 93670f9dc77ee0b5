"""Keeps what the assistant remembers of each conversation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from bot.storage.sessions import Sessions
from bot.storage.tables import ConversationState, table_of
from bot.storage.upsert import inserts_if_new

_TABLE = table_of(ConversationState)
_OF_CONVERSATION = _TABLE.c.conversation == bindparam("of")
_READ = select(_TABLE.c.state).where(_OF_CONVERSATION)
_LOCK = _READ.with_for_update()
_ADD = inserts_if_new(_TABLE, ("conversation", "updated_at"), _TABLE.c.conversation)
_WRITE = update(_TABLE).where(_OF_CONVERSATION).values(state=bindparam("state"), updated_at=bindparam("updated_at"))


class ConversationStateRepository:
    """One row a conversation, whatever its length."""

    def __init__(self, sessions: Sessions, now: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._now = now

    async def load(self, conversation: str) -> bytes | None:
        """The state that was saved last, or None."""

        def read(connection: Connection) -> bytes | None:
            state: bytes | None = connection.scalar(_READ, {"of": conversation})
            return state

        return await self._sessions.read(read)

    async def save(self, conversation: str, state: bytes) -> None:
        """Replace the conversation's state."""
        now = self._now()

        def write(connection: Connection) -> None:
            lock_state(connection, conversation, now)
            write_state(connection, conversation, state, now)

        await self._sessions.transact(write)

    async def forget_before(self, moment: datetime) -> None:
        """Empty the states that were not saved since a moment; the rows stay, since turns lock them."""
        quiet = ConversationState.updated_at < moment, ConversationState.state.is_not(None)
        async with self._sessions.begin() as session:
            await session.execute(update(ConversationState).where(*quiet).values(state=None))


def lock_state(connection: Connection, conversation: str, now: datetime) -> bytes | None:
    """The state of a conversation, which nobody else changes until the transaction ends."""
    found = connection.execute(_LOCK, {"of": conversation}).one_or_none()
    if found is None:
        row = {"conversation": conversation, "updated_at": now}
        if connection.scalar(_ADD[connection.dialect.name], row) is None:
            # Another process has just added it.
            found = connection.execute(_LOCK, {"of": conversation}).one_or_none()
    return None if found is None else found.state


def write_state(connection: Connection, conversation: str, state: bytes, now: datetime) -> None:
    """Replace the state of a conversation that was recorded before."""
    connection.execute(_WRITE, {"of": conversation, "state": state, "updated_at": now})

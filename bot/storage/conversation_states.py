"""Keeps what the assistant remembers of each conversation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from bot.storage.database import Sessions
from bot.storage.tables import Base, ConversationState

# Built once and on the tables themselves: they run with every message, and objects are not needed of them.
_STATES = Base.metadata.tables[ConversationState.__tablename__]
_OF_CONVERSATION = _STATES.c.conversation == bindparam("which")
_LOAD = select(_STATES.c.state).where(_OF_CONVERSATION)
_CHANGE = _STATES.update().where(_OF_CONVERSATION)


class ConversationStateRepository:
    """One row a conversation, whatever its length."""

    def __init__(self, sessions: Sessions, now: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._now = now

    async def load(self, conversation: str) -> bytes | None:
        """The state that was saved last, or None."""
        async with self._sessions() as session:
            state: bytes | None = await session.scalar(_LOAD, {"which": conversation})
        return state

    async def save(self, conversation: str, state: bytes) -> None:
        """Replace the conversation's state."""
        columns = {"state": state, "updated_at": self._now()}
        async with self._sessions.begin() as session:
            # Nearly always there already: one statement, where SQLAlchemy's merge would read the old state first.
            connection = await session.connection()
            changed = await connection.execute(_CHANGE, {"which": conversation, **columns})
            if changed.rowcount == 0:
                await connection.execute(_STATES.insert(), {"conversation": conversation, **columns})

    async def delete(self, conversation: str) -> None:
        """Forget the conversation."""
        async with self._sessions.begin() as session:
            await session.execute(delete(ConversationState).where(ConversationState.conversation == conversation))

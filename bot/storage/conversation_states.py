"""Keeps what the assistant remembers of each conversation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import delete, update

from bot.storage.sessions import Sessions
from bot.storage.tables import ConversationState


class ConversationStateRepository:
    """One row a conversation, whatever its length."""

    def __init__(self, sessions: Sessions, now: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._now = now

    async def load(self, conversation: str) -> bytes | None:
        """The state that was saved last, or None."""
        async with self._sessions() as session:
            row = await session.get(ConversationState, conversation)
        return None if row is None else row.state

    async def save(self, conversation: str, state: bytes) -> None:
        """Replace the conversation's state."""
        columns = {"state": state, "updated_at": self._now()}
        of_conversation = ConversationState.conversation == conversation
        async with self._sessions.begin() as session:
            # Nearly always there already: one statement, where SQLAlchemy's merge would read the old state first.
            change = update(ConversationState).where(of_conversation).values(columns)
            if await session.scalar(change.returning(ConversationState.conversation)) is None:
                session.add(ConversationState(conversation=conversation, **columns))

    async def delete(self, conversation: str) -> None:
        """Forget the conversation."""
        async with self._sessions.begin() as session:
            await session.execute(delete(ConversationState).where(ConversationState.conversation == conversation))

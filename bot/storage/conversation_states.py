"""Keeps what the assistant remembers of each conversation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.sessions import Sessions
from bot.storage.tables import ConversationState
from bot.storage.upsert import insert_if_new


class ConversationStateRepository:
    """One row a conversation, whatever its length."""

    def __init__(self, sessions: Sessions, now: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._now = now

    async def load(self, conversation: str) -> bytes | None:
        """The state that was saved last, or None."""
        async with self._sessions() as session:
            return await session.scalar(_state_of(conversation))

    async def save(self, conversation: str, state: bytes) -> None:
        """Replace the conversation's state."""
        now = self._now()
        async with self._sessions.begin() as session:
            await lock_state(session, conversation, now)
            await write_state(session, conversation, state, now)

    async def forget_before(self, moment: datetime) -> None:
        """Empty the states that were not saved since a moment; the rows stay, since turns lock them."""
        quiet = ConversationState.updated_at < moment, ConversationState.state.is_not(None)
        async with self._sessions.begin() as session:
            await session.execute(update(ConversationState).where(*quiet).values(state=None))


def _state_of(conversation: str) -> Select[tuple[bytes | None]]:
    return select(ConversationState.state).where(ConversationState.conversation == conversation)


async def lock_state(session: AsyncSession, conversation: str, now: datetime) -> bytes | None:
    """The state of a conversation, which nobody else changes until the session ends."""
    query = _state_of(conversation).with_for_update()
    found = (await session.execute(query)).one_or_none()
    if found is None:
        row = {"conversation": conversation, "updated_at": now}
        await session.execute(insert_if_new(session, ConversationState, row))
        found = (await session.execute(query)).one_or_none()
    return None if found is None else found.state


async def write_state(session: AsyncSession, conversation: str, state: bytes, now: datetime) -> None:
    """Replace the state of a conversation that was recorded before."""
    of_conversation = ConversationState.conversation == conversation
    await session.execute(update(ConversationState).where(of_conversation).values(state=state, updated_at=now))

"""Keeps what the assistant remembers of each conversation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, select, update

from bot.conversation.ports import Handover, Turn
from bot.storage.hotline_tables import DeskConversation
from bot.storage.sessions import Sessions
from bot.storage.tables import ConversationState, table_of
from bot.storage.upsert import inserts_if_new

_TABLE = table_of(ConversationState)
_OF_CONVERSATION = _TABLE.c.conversation == bindparam("of")
_READ = select(_TABLE.c.state).where(_OF_CONVERSATION)
_HANDOVER = table_of(DeskConversation)
_LOCK = (
    select(
        _TABLE.c.state,
        _TABLE.c.updated_at,
        _TABLE.c.asked,
        _HANDOVER.c.id,
        _HANDOVER.c.state.label("stage"),
        _HANDOVER.c.told_at,
    )
    .outerjoin(_HANDOVER, and_(_HANDOVER.c.conversation == _TABLE.c.conversation, _HANDOVER.c.closed_at.is_(None)))
    .where(_OF_CONVERSATION)
    .with_for_update(of=_TABLE)
)
_ADD = inserts_if_new(_TABLE, ("conversation", "updated_at"), _TABLE.c.conversation)
_SAVE = update(_TABLE).where(_OF_CONVERSATION).values(state=bindparam("state"), updated_at=bindparam("updated_at"))
_STILL_ASKED = and_(_TABLE.c.asked, _TABLE.c.updated_at > bindparam("quiet_since"))
_ANSWER = update(_TABLE).where(_OF_CONVERSATION).values(updated_at=bindparam("updated_at"), asked=_STILL_ASKED)
_ANSWER_ANEW = _ANSWER.values(state=bindparam("state"))
_ASK = update(_TABLE).where(_OF_CONVERSATION).values(asked=True)

QUIET = timedelta(minutes=30)
"""After so long without a word another conversation begins; the session in nlu_data/domain ends then, too."""


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
            connection.execute(_SAVE, {"of": conversation, "state": state, "updated_at": now})

        await self._sessions.transact(write)

    async def forget_before(self, moment: datetime) -> None:
        """Empty the states that were not saved since a moment; the rows stay, since turns lock them."""
        quiet = ConversationState.updated_at < moment, ConversationState.state.is_not(None)
        async with self._sessions.begin() as session:
            await session.execute(update(ConversationState).where(*quiet).values(state=None))


def lock_state(connection: Connection, conversation: str, now: datetime) -> Turn:
    """The state of a conversation and its open handover; nobody else changes the state until the transaction ends.

    Of PostgreSQL a handover that changed while the lock was waited for is seen as it was before: who acts on it
    compares its state again when he writes.
    """
    found = connection.execute(_LOCK, {"of": conversation}).one_or_none()
    if found is None:
        row = {"conversation": conversation, "updated_at": now}
        if connection.scalar(_ADD[connection.dialect.name], row) is None:
            # Another process has just added it.
            found = connection.execute(_LOCK, {"of": conversation}).one_or_none()
    if found is None:
        return Turn(None)
    handover = None if found.id is None else Handover(found.id, found.stage, found.told_at)
    return Turn(found.state, asked=found.asked and found.updated_at > now - QUIET, handover=handover)


def answered(connection: Connection, conversation: str, state: bytes | None, now: datetime) -> None:
    """Lock a conversation that was recorded before, and note a reply in it; a `state` of None stays as it was."""
    values = {"of": conversation, "updated_at": now, "quiet_since": now - QUIET}
    if state is None:
        connection.execute(_ANSWER, values)
    else:
        connection.execute(_ANSWER_ANEW, {**values, "state": state})


def note_asked(connection: Connection, conversation: str) -> None:
    """Note that the worker is asked what he thinks of an answer."""
    connection.execute(_ASK, {"of": conversation})

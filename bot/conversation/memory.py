"""The assistant's memory during a turn: read before it and written after it, by the turn's own transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.ports import States


@dataclass(slots=True)
class Remembered:
    """The state of a conversation in the turn under way."""

    conversation: str
    state: bytes | None


class TurnMemory:
    """What the assistant loads from and saves to.

    Within a turn nothing is stored until the turn is completed, so that the state and the reply cannot part, and a turn
    that another process took over leaves no trace. Outside of one it is the storage itself.
    """

    def __init__(self, states: States) -> None:
        self._states = states
        self._turn: ContextVar[Remembered | None] = ContextVar("turn", default=None)

    @contextmanager
    def turn(self, conversation: str, state: bytes | None) -> Iterator[Remembered]:
        """Let what is asked within, also in tasks begun within, see `state`; afterwards it is what was saved last."""
        remembered = Remembered(conversation, state)
        token = self._turn.set(remembered)
        try:
            yield remembered
        finally:
            self._turn.reset(token)

    async def load(self, conversation: str) -> bytes | None:
        """The state that was saved last, or None."""
        turn = self._turn.get()
        if turn is not None and turn.conversation == conversation:
            return turn.state
        return await self._states.load(conversation)

    async def save(self, conversation: str, state: bytes) -> None:
        """Replace the conversation's state."""
        turn = self._turn.get()
        if turn is not None and turn.conversation == conversation:
            turn.state = state
        else:
            await self._states.save(conversation, state)

    async def forget_before(self, moment: datetime) -> None:
        """Forget the conversations in which nothing was said since a moment."""
        await self._states.forget_before(moment)

"""Hand-written stand-ins for the ports of the service."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone
from typing import Protocol

from bot.assistant.port import AssistantUnavailable, Message, Reply, Understanding

NOON = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)


class ConversationStates(Protocol):
    """Where an assistant keeps what it remembers."""

    async def load(self, conversation: str) -> bytes | None:
        """The state that was saved last."""

    async def save(self, conversation: str, state: bytes) -> None:
        """Replace the state."""


class FakeClock:
    """A clock that goes on by a second whenever it is read."""

    def __init__(self) -> None:
        self._now = NOON

    def __call__(self) -> datetime:
        now, self._now = self._now, self._now + timedelta(seconds=1)
        return now


class SetClock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def passes(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)


class FakeAssistant:
    """Answers with the number and text of the question and a source line; while `open` is cleared, answers wait.

    What is in `understood` is understood so; anything else asks for the topic annuity.
    """

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.understood: dict[str, Understanding] = {}
        self.error: Exception | None = None
        self.reached = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()

    async def ask(self, conversation: str, text: str) -> Reply:
        """The reply, or `error`."""
        self.asked.append((conversation, text))
        self.reached.set()
        await self.open.wait()
        if self.error is not None:
            raise self.error
        answer = Message(f"{len(self.asked)} {text}\n依据:《小文件》第1条", ("下一个",))
        return Reply((answer,), self.understood.get(text, Understanding("ask", "annuity", 0.987)))

    async def ping(self) -> None:
        """Well, unless there is an error."""
        if self.error is not None:
            raise AssistantUnavailable


class FakeStates:
    """Conversation states in a dictionary."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    async def load(self, conversation: str) -> bytes | None:
        """The state that was saved last."""
        return self.kept.get(conversation)

    async def save(self, conversation: str, state: bytes) -> None:
        """Replace the state."""
        self.kept[conversation] = state

    async def forget_before(self, moment: datetime) -> None:
        """Forget all: everything here is old."""
        self.kept.clear()


class RememberingAssistant(FakeAssistant):
    """Counts the messages of a conversation in the service's own storage, as the real one remembers."""

    def __init__(self, states: ConversationStates) -> None:
        super().__init__()
        self._remembered = states

    async def ask(self, conversation: str, text: str) -> Reply:
        """The number of the message within its conversation."""
        before = await self._remembered.load(conversation)
        number = int(before or b"0") + 1
        await self._remembered.save(conversation, str(number).encode())
        return Reply((Message(f"message {number}\n依据:《小文件》第1条"),))

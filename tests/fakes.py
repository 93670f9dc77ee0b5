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


class FakeAssistant:
    """Answers with the number and text of the question and a source line; while `open` is cleared, answers wait.

    What is in `understood` is understood so; anything else asks for the topic annuity. It keeps nothing in `states`,
    but looks what is there before each message.
    """

    def __init__(self, states: ConversationStates | None = None) -> None:
        self._states = states
        self._before: dict[str, bytes | None] = {}
        self.asked: list[tuple[str, str]] = []
        self.understood: dict[str, Understanding] = {}
        self.error: Exception | None = None
        self.reached = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()

    async def ask(self, conversation: str, text: str) -> Reply:
        """The reply, or `error`."""
        self.asked.append((conversation, text))
        self._before[conversation] = await self._states.load(conversation) if self._states else None
        self.reached.set()
        await self.open.wait()
        if self.error is not None:
            raise self.error
        answer = Message(f"{len(self.asked)} {text}\n依据:《小文件》第1条", ("下一个",))
        return Reply((answer,), self.understood.get(text, Understanding("ask", "annuity", 0.987)))

    def state_before(self, conversation: str) -> bytes | None:
        """What was in `states` before the latest message."""
        return self._before.pop(conversation)

    async def ping(self) -> None:
        """Well, unless there is an error."""
        if self.error is not None:
            raise AssistantUnavailable


class FakeExchanges:
    """Exchanges in a dictionary; an error that is set is raised instead of reading or writing."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str, str], tuple[str, Reply, datetime, datetime]] = {}
        self.reading_fails: Exception | None = None
        self.writing_fails: Exception | None = None

    async def reply_to(self, channel: str, sender: str, key: str) -> Reply | None:
        """The reply that was kept."""
        if self.reading_fails is not None:
            raise self.reading_fails
        kept = self.kept.get((channel, sender, key))
        return kept[1] if kept else None

    async def add(
        self, channel: str, sender: str, key: str, text: str, reply: Reply, received_at: datetime, replied_at: datetime
    ) -> None:
        """Keep the first exchange of a key."""
        if self.writing_fails is not None:
            raise self.writing_fails
        self.kept.setdefault((channel, sender, key), (text, reply, received_at, replied_at))

    async def delete_of(self, channel: str, sender: str) -> None:
        """Drop the sender's."""
        self.kept = {message: kept for message, kept in self.kept.items() if message[:2] != (channel, sender)}


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

    async def delete(self, conversation: str) -> None:
        """Forget the conversation."""
        self.kept.pop(conversation, None)


class RememberingAssistant(FakeAssistant):
    """Counts the messages of a conversation in the service's own storage, as the real one remembers."""

    def __init__(self, states: ConversationStates) -> None:
        super().__init__(states)
        self._remembered = states

    async def ask(self, conversation: str, text: str) -> Reply:
        """The number of the message within its conversation."""
        before = self._before[conversation] = await self._remembered.load(conversation)
        number = int(before or b"0") + 1
        await self._remembered.save(conversation, str(number).encode())
        return Reply((Message(f"message {number}\n依据:《小文件》第1条"),))

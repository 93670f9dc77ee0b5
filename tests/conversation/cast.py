"""The conversation service on a real database, and what stands around it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from bot.assistant.port import Reply
from bot.conversation.chain import Voices
from bot.conversation.memory import TurnMemory
from bot.conversation.ports import Answered, Completion, Media, MediaGone, Post, Said, Waiting
from bot.conversation.service import ConversationService, Delivery, Times
from bot.storage.conversation_states import ConversationStateRepository
from bot.storage.database import Database
from bot.storage.exchanges import ExchangeRepository
from tests.factories import knowledge
from tests.fakes import FakeAssistant, SetClock

NEVER = 3600.0
"""Longer than any test may last: what waits, waits for something to happen."""


class FakeRoute:
    """Queues or parks what is late; a reply fits while it has few messages."""

    def __init__(self) -> None:
        self.queues = False
        self.most_messages = 9
        self.woken = 0
        self.failing = 0

    async def post(self, reply: Reply) -> Post:
        """The whole reply as one; as often as is set it fails, as a lost database makes it."""
        if self.failing:
            self.failing -= 1
            raise OSError("gone")
        return Post((reply,) if reply.messages else (), "queued" if self.queues else "parked")

    def fits(self, reply: Reply) -> bool:
        """By the number of messages."""
        return len(reply.messages) <= self.most_messages

    async def media(self, name: str) -> Media:
        """A picture by the name of one; nothing else can be had."""
        if name != "picture":
            raise MediaGone
        return Media("image/png", b"png")

    def wake(self) -> None:
        """Count."""
        self.woken += 1


class BreakingExchanges(ExchangeRepository):
    """The real ones; as many calls as are set fail, or are done without their caller's hearing of it."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.sessions)
        self.failing: dict[str, int] = {}
        self.unheard: dict[str, int] = {}
        self.error: Exception = OSError("disk")
        self.before_complete: Callable[[], Awaitable[None]] | None = None

    async def complete(
        self, message: Waiting, owner: str, done: Completion, confirm: Callable[[], None] = lambda: None
    ) -> Answered | None:
        """After what the test lets happen at the last moment."""
        if self.before_complete is not None:
            await self.before_complete()
        return await super().complete(message, owner, done, confirm)

    def __getattribute__(self, name: str) -> object:
        failing: dict[str, int] = object.__getattribute__(self, "__dict__").get("failing", {})
        if failing.get(name, 0) > 0:
            failing[name] -= 1
            raise self.error
        method = super().__getattribute__(name)
        unheard: dict[str, int] = object.__getattribute__(self, "__dict__").get("unheard", {})
        if unheard.get(name, 0) > 0:
            unheard[name] -= 1
            return self._unheard(method)
        return method

    def _unheard(self, method: Any) -> Callable[..., Awaitable[object]]:
        async def lost(*arguments: object) -> object:
            await method(*arguments)
            raise self.error

        return lost


class Seat:
    """Asks whichever assistant the cast has at the moment."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast

    async def ask(self, conversation: str, text: str) -> Reply:
        """Ask it."""
        return await self._cast.assistant.ask(conversation, text)

    async def ping(self) -> None:
        """Ask how it is."""
        await self._cast.assistant.ping()


class Cast:
    """One process: the service over a database that it may share with others.

    The rest of an unclear message is waited for `burst_wait` seconds.
    """

    def __init__(
        self,
        database: Database,
        clock: SetClock | None = None,
        burst_wait: float = 0,
        longest_answer: float = NEVER,
        voices: Voices | None = None,
        stopped: str | None = None,
        route: FakeRoute | None = None,
    ) -> None:
        self.clock = clock or SetClock()
        self.stopped_with = stopped
        self.assistant = FakeAssistant()
        self.route = route or FakeRoute()
        self.states = ConversationStateRepository(database.sessions, self.clock)
        self.exchanges = BreakingExchanges(database)
        self.memory = TurnMemory(self.states)
        self.paused: list[float] = []
        self.service = ConversationService(
            Seat(self),
            self.exchanges,
            self.memory,
            knowledge,
            self.clock,
            {"wechat": self.route},
            Times(burst_wait, longest_answer, poll=0.01, pause=self._pause),
            stopped=lambda: self.stopped_with,
            voices=voices,
        )

    async def say(self, text: str, key: str = "1", sender: str = "worker", channel: str = "wechat") -> Reply:
        """The reply to a message."""
        return await self.service.answer(channel, sender, key, text)

    async def receive(self, text: str, key: str = "1") -> Delivery:
        """A delivery that nobody waits for yet."""
        return await self.service.receive(Said("wechat", "worker", key, text))

    async def reached(self) -> None:
        """Return when the assistant has been asked."""
        await self.assistant.reached.wait()
        self.assistant.reached.clear()

    def kill(self) -> None:
        """What kill -9 leaves of a process: its works end where they are, and nothing is given back."""
        for work in self.service._works._works.values():
            work.task.cancel()

    async def _pause(self, seconds: float) -> None:
        self.paused.append(seconds)
        await asyncio.sleep(0)

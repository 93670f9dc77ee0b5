"""The conversation service and what stands around it."""

from __future__ import annotations

from bot.assistant.port import Reply
from bot.conversation.service import ConversationService
from tests.factories import knowledge
from tests.fakes import FakeAssistant, FakeClock, FakeExchanges, FakeStates


class Cast:
    """The service with fakes; the rest of an unclear message is waited for `burst_wait` seconds."""

    def __init__(self, burst_wait: float = 0) -> None:
        self.exchanges, self.states = FakeExchanges(), FakeStates()
        self.assistant = FakeAssistant(self.states)
        self.service = ConversationService(
            self.assistant, self.exchanges, self.states, knowledge, FakeClock(), burst_wait
        )

    async def say(self, text: str, key: str = "1", sender: str = "worker", channel: str = "wechat") -> Reply:
        """The reply to a message."""
        return await self.service.answer(channel, sender, key, text)

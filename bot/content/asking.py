"""Asks the assistant in service how it understands a question, without a conversation that is kept."""

from __future__ import annotations

import secrets

from bot.assistant.port import Assistant, AssistantUnavailable, Understanding
from bot.conversation.memory import TurnMemory


class Asking:
    """See bot.content.questions.Understands."""

    def __init__(self, assistant: Assistant, memory: TurnMemory) -> None:
        self._assistant = assistant
        self._memory = memory

    async def __call__(self, text: str) -> Understanding | None:
        """See the port."""
        conversation = f"asking:{secrets.token_hex(8)}"
        with self._memory.turn(conversation, None):
            try:
                return (await self._assistant.ask(conversation, text)).understanding
            except AssistantUnavailable:
                return None

"""Makes the assistant: in this process, or one that runs in a Rasa server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import aiohttp

from bot import supposed
from bot.assistant import training
from bot.assistant.port import Assistant
from bot.assistant.remote import RemoteAssistant
from bot.conversation.memory import TurnMemory
from bot.settings import Settings
from bot.storage.clock import utc_now
from policies_kb.model import KnowledgeBase

Knowledge = Callable[[], KnowledgeBase]
AssistantFactory = Callable[[TurnMemory, Knowledge], Assistant]


def embedded(model: Path) -> AssistantFactory:
    """The assistant that runs in this process with a trained model."""

    def make(states: TurnMemory, knowledge: Knowledge) -> Assistant:
        from bot.assistant.embedded import EmbeddedAssistant  # Rasa takes many seconds to import

        return EmbeddedAssistant(model, states, knowledge, supposed.today)

    return make


def remote(settings: Settings, http: aiohttp.ClientSession) -> AssistantFactory:
    """The assistant that runs in a Rasa server."""

    def make(states: TurnMemory, knowledge: Knowledge) -> Assistant:
        url, token = settings.rasa_url, settings.rasa_token
        return RemoteAssistant(http, url, token, states, knowledge, training.session_minutes(), utc_now)

    return make

"""The composition root: the one place where the parts meet."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from aiohttp import web

from bot import consoles, health
from bot.assistant.port import Assistant
from bot.consoles import Consoles
from bot.conversation.service import ConversationService
from bot.health import HealthViews
from bot.settings import Settings
from bot.storage.conversation_states import ConversationStateRepository
from bot.storage.database import Database
from bot.storage.exchanges import ExchangeRepository
from bot.web.views import WebViews
from bot.web.views import routes as web_routes
from bot.wechat.routes import routes as wechat_routes
from bot.wechat.settings import WeChatSettings
from bot.wechat.views import MAX_BODY, WeChatViews
from policies_kb import loader
from policies_kb.model import KnowledgeBase

Knowledge = Callable[[], KnowledgeBase]
AssistantFactory = Callable[[ConversationStateRepository, Knowledge], Assistant]


@dataclass(frozen=True, slots=True)
class Services:
    """What the channels and the command line work with."""

    assistant: Assistant
    conversation: ConversationService
    database: Database
    consoles: Consoles


@asynccontextmanager
async def services(settings: Settings, make_assistant: AssistantFactory) -> AsyncIterator[Services]:
    """Open the database, load the content and make the assistant; close them at the end."""
    knowledge = loader.load()
    database = Database(settings.database_url)
    try:
        await database.migrate()
        states = ConversationStateRepository(database.sessions, _now)
        assistant = make_assistant(states, lambda: knowledge)
        exchanges = ExchangeRepository(database.sessions)
        conversation = ConversationService(assistant, exchanges, states, lambda: knowledge, _now)
        yield Services(assistant, conversation, database, consoles.services(settings, database.sessions, _now))
    finally:
        await database.close()


def create_app(settings: Settings, parts: Services) -> web.Application:
    """The application with every room's routes; the caller owns `parts`."""
    wechat = WeChatSettings(settings.wechat_token, settings.wechat_app_id, settings.wechat_encoding_aes_key)
    app = web.Application(client_max_size=MAX_BODY)
    app.add_routes(wechat_routes(WeChatViews(wechat, parts.conversation)))
    app.add_routes(web_routes(WebViews(parts.conversation)))
    pings = {"assistant": parts.assistant.ping, "database": parts.database.ping}
    app.add_routes(health.routes(HealthViews(pings)))
    consoles.install(app, settings, parts.consoles)
    return app


def embedded(model: Path) -> AssistantFactory:
    """The assistant that runs in this process with a trained model."""

    def make(states: ConversationStateRepository, knowledge: Knowledge) -> Assistant:
        from bot.assistant.embedded import EmbeddedAssistant  # Rasa takes many seconds to import

        return EmbeddedAssistant(model, states, knowledge)

    return make


def _now() -> datetime:
    return datetime.now(timezone.utc)

"""The composition root: the one place where the parts are made and given to each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import aiohttp

from bot import consoles
from bot.assistant import training
from bot.assistant.following import FollowingAssistant
from bot.assistant.models import Models
from bot.assistant.port import Assistant
from bot.assistant.remote import RemoteAssistant
from bot.consoles import Consoles
from bot.content.live import LiveKnowledge
from bot.content.room import ContentRoom
from bot.content.seed import seed
from bot.conversation.canned import CannedReplies
from bot.conversation.insist import insist
from bot.conversation.memory import TurnMemory
from bot.conversation.service import ConversationService, Times
from bot.eligibility.service import EligibilityService
from bot.hints import MODEL, Hints, hints
from bot.metrics.instruments import Instruments
from bot.metrics.measured import MeasuredAssistant, MeasuredClient, MeasuredOutbox
from bot.settings import Settings
from bot.storage.accounts import AccountRepository
from bot.storage.clock import SharedClock, utc_now
from bot.storage.content import ContentRepository
from bot.storage.conversation_states import ConversationStateRepository
from bot.storage.database import Database
from bot.storage.depths import DepthRepository
from bot.storage.exchanges import ExchangeRepository
from bot.storage.models import ModelRepository
from bot.storage.outbox import OutboxRepository
from bot.wechat.account import OfficialAccount
from bot.wechat.client import WeChatClient
from bot.wechat.dispatch import CHANNEL
from bot.wechat.outbox import Sender
from bot.wechat.route import WeChatRoute
from bot.wechat.typing import OutboxTyping
from policies_kb import chinese_date, loader
from policies_kb.model import KnowledgeBase

STARTING = (0.1, 0.4, 1.0, 2.0, 4.0)
"""Seconds between the tries of a database that is busy while this process starts."""

Knowledge = Callable[[], KnowledgeBase]
AssistantFactory = Callable[[TurnMemory, Knowledge], Assistant]


class NotYet(Exception):
    """Another process has put the content in by a clock that is a moment ahead: it is not yet in force here."""


@dataclass(frozen=True, slots=True)
class Services:
    """What the channels and the command line work with; `sender` where the account may send messages.

    `following` where the assistant takes up the model in service.
    """

    assistant: Assistant
    following: FollowingAssistant | None
    hints: Hints
    knowledge: LiveKnowledge
    conversation: ConversationService
    eligibility: EligibilityService
    database: Database
    clock: SharedClock
    account: OfficialAccount
    typing: OutboxTyping
    sender: Sender | None
    consoles: Consoles
    contents: ContentRoom
    instruments: Instruments
    depths: DepthRepository


@asynccontextmanager
async def services(
    settings: Settings,
    make_assistant: AssistantFactory,
    times: Times | None = None,
    now: Callable[[], datetime] | None = None,
    model: Path | None = None,
) -> AsyncIterator[Services]:
    """Open the database, load the published content and make the assistant; close them at the end.

    Where `model` is given, it is what the assistant is made of, and other models that come into service are taken up.
    """
    async with AsyncExitStack() as stack:
        instruments = Instruments()
        database = await _database(stack, settings, instruments)
        clock = await _clock(database)
        now = now or clock
        contents = ContentRepository(database.sessions)
        await _seed(contents, now)
        knowledge = LiveKnowledge(contents, now)
        await knowledge.load()
        memory = TurnMemory(ConversationStateRepository(database.sessions, now))
        assistant, following = make_assistant(memory, knowledge), None
        if model is not None:
            kept = ModelRepository(database.sessions, now)
            assistant = following = _following(assistant, model, kept, settings, memory, knowledge, instruments)
        told = _hints(stack, settings, following)
        store = AccountRepository(database.sessions, settings.wechat_app_id, now)
        account = OfficialAccount(settings.wechat_account == "verified", store, now)
        outbox = OutboxRepository(database.sessions, CHANNEL)
        sender = await _sender(stack, settings, store, outbox, account, now, instruments)
        wake = sender.wake if sender is not None else _nobody
        canned = CannedReplies(knowledge)
        route = WeChatRoute(account, lambda: canned("choose_hint").messages[0].text, wake)
        exchanges, routes = ExchangeRepository(database.sessions), {CHANNEL: route}
        measured = MeasuredAssistant(assistant, instruments)
        conversation = ConversationService(
            measured, exchanges, memory, knowledge, now, routes, times, instruments.waited
        )
        yield Services(
            assistant=assistant,
            following=following,
            hints=told,
            knowledge=knowledge,
            conversation=conversation,
            eligibility=EligibilityService(knowledge, chinese_date.today),
            database=database,
            clock=clock,
            account=account,
            typing=OutboxTyping(outbox, now, wake),
            sender=sender,
            consoles=consoles.services(settings, database.sessions, now),
            contents=consoles.contents(database.sessions, knowledge, now),
            instruments=instruments,
            depths=DepthRepository(database.sessions),
        )


async def _database(stack: AsyncExitStack, settings: Settings, instruments: Instruments) -> Database:
    database = Database(settings.database_url)
    stack.push_async_callback(database.close)
    await database.migrate()
    database.observe(instruments)
    return database


async def _seed(contents: ContentRepository, now: Callable[[], datetime]) -> None:
    """Processes that start at once wait here for the one that was first."""

    async def put_in() -> None:
        try:
            await seed(contents, loader.load, now())
        except LookupError as error:
            raise NotYet from error

    await insist(put_in, STARTING, asyncio.sleep, lambda _: None)


async def _clock(database: Database) -> SharedClock:
    clock = SharedClock(database.time)
    await clock.look()
    return clock


def _hints(stack: AsyncExitStack, settings: Settings, following: FollowingAssistant | None) -> Hints:
    told = hints(settings.redis_url)
    stack.push_async_callback(told.close)
    if following is not None:
        told.listen(MODEL, following.wake)
    return told


async def _sender(
    stack: AsyncExitStack,
    settings: Settings,
    tokens: AccountRepository,
    outbox: OutboxRepository,
    account: OfficialAccount,
    now: Callable[[], datetime],
    instruments: Instruments,
) -> Sender | None:
    if settings.wechat_account != "verified":
        return None
    http = await stack.enter_async_context(aiohttp.ClientSession())
    own = (settings.wechat_api_base, settings.wechat_app_id, settings.wechat_app_secret)
    client = MeasuredClient(WeChatClient(http, *own, tokens, now), instruments)
    return Sender(MeasuredOutbox(outbox, instruments), client, account, now)


def _following(
    first: Assistant,
    model: Path,
    models: Models,
    settings: Settings,
    memory: TurnMemory,
    knowledge: Knowledge,
    instruments: Instruments,
) -> FollowingAssistant:
    def load(path: Path) -> Assistant:
        return embedded(path)(memory, knowledge)

    digest, code = training.digest_of(model), training.code_digest()
    return FollowingAssistant(first, digest, load, models, code, settings.models, instruments.model)


def embedded(model: Path) -> AssistantFactory:
    """The assistant that runs in this process with a trained model."""

    def make(states: TurnMemory, knowledge: Knowledge) -> Assistant:
        from bot.assistant.embedded import EmbeddedAssistant  # Rasa takes many seconds to import

        return EmbeddedAssistant(model, states, knowledge)

    return make


def remote(settings: Settings, http: aiohttp.ClientSession) -> AssistantFactory:
    """The assistant that runs in a Rasa server."""

    def make(states: TurnMemory, knowledge: Knowledge) -> Assistant:
        url, token = settings.rasa_url, settings.rasa_token
        return RemoteAssistant(http, url, token, states, knowledge, training.session_minutes(), utc_now)

    return make


def _nobody() -> None:
    """An account that may not send has nobody to wake."""

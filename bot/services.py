"""The composition root: the one place where the parts are made and given to each other."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

import aiohttp

from bot import consoles, supposed
from bot.assistant import training
from bot.assistant.following import FollowingAssistant
from bot.assistant.models import Models
from bot.assistant.port import Assistant
from bot.assistant.remote import RemoteAssistant
from bot.console.room import Room
from bot.consoles import Consoles
from bot.content.asking import Asking
from bot.content.live import LiveKnowledge
from bot.content.seed import seed
from bot.conversation.canned import CannedReplies
from bot.conversation.memory import TurnMemory
from bot.conversation.service import ConversationService, Times
from bot.eligibility.service import EligibilityService
from bot.hints import MODEL, Hints, hints
from bot.metrics.instruments import Instruments
from bot.metrics.measured import MeasuredAssistant, MeasuredClient, MeasuredOutbox
from bot.privacy.retention import Retention
from bot.replies.room import RepliesRoom
from bot.rooms import content as content_room
from bot.rooms import learning as learning_room
from bot.rooms import replies as replies_room
from bot.rooms import switches as switches_room
from bot.rooms import trial as trial_room
from bot.rooms.content import Contents
from bot.settings import Settings
from bot.storage.accounts import AccountRepository
from bot.storage.content import ContentRepository
from bot.storage.conversation_states import ConversationStateRepository
from bot.storage.database import Database
from bot.storage.depths import DepthRepository
from bot.storage.exchanges import ExchangeRepository
from bot.storage.models import ModelRepository
from bot.storage.outbox import OutboxRepository
from bot.storage.privacy import PrivacyRepository
from bot.storage.switches import SwitchRepository
from bot.switches.live import LiveSwitches, ServedKnowledge
from bot.wechat.account import OfficialAccount
from bot.wechat.client import WeChatClient
from bot.wechat.dispatch import CHANNEL
from bot.wechat.outbox import Sender
from bot.wechat.route import WeChatRoute
from bot.wechat.typing import OutboxTyping
from policies_kb import chinese_date, loader
from policies_kb.model import KnowledgeBase

Knowledge = Callable[[], KnowledgeBase]
AssistantFactory = Callable[[TurnMemory, Knowledge], Assistant]


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
    account: OfficialAccount
    typing: OutboxTyping
    sender: Sender | None
    consoles: Consoles
    contents: Contents
    replies: RepliesRoom
    rooms: tuple[Room, ...]
    instruments: Instruments
    depths: DepthRepository
    switches: LiveSwitches
    retention: Retention


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
    now = now or _now
    async with AsyncExitStack() as stack:
        instruments = Instruments()
        database = await _database(stack, settings, instruments)
        knowledge = await _knowledge(database, now)
        switches = LiveSwitches(SwitchRepository(database.sessions), now)
        await switches.refresh()
        served = ServedKnowledge(knowledge, switches)
        memory = TurnMemory(ConversationStateRepository(database.sessions, now))
        content = supposed.unless_supposed(served)
        assistant, following = make_assistant(memory, content), None
        if model is not None:
            kept = ModelRepository(database.sessions, now)
            assistant = following = _following(assistant, model, kept, settings, memory, content, instruments)
        told = _hints(stack, settings, following)
        store = AccountRepository(database.sessions, settings.wechat_app_id, now)
        account = OfficialAccount(settings.wechat_account == "verified", store, now)
        outbox = OutboxRepository(database.sessions, CHANNEL)
        sender = await _sender(stack, settings, store, outbox, account, now, instruments)
        wake = sender.wake if sender is not None else _nobody
        canned = CannedReplies(served)
        route = WeChatRoute(account, lambda: canned("choose_hint").messages[0].text, wake)
        exchanges, routes = ExchangeRepository(database.sessions), {CHANNEL: route}
        privacy = PrivacyRepository(database.sessions)
        measured = MeasuredAssistant(assistant, instruments)
        conversation = ConversationService(
            measured, exchanges, memory, served, now, routes, times, instruments.waited, privacy, switches.notice
        )
        contents = content_room.services(database.sessions, knowledge, now, Asking(assistant, memory))
        replies = replies_room.services(database.sessions, knowledge, now)
        trial = trial_room.services(settings, database.sessions, assistant, memory, knowledge, now)
        learning = learning_room.services(settings, database.sessions, told, knowledge, now)
        yield Services(
            assistant=assistant,
            following=following,
            hints=told,
            knowledge=knowledge,
            conversation=conversation,
            eligibility=EligibilityService(served, chinese_date.today),
            database=database,
            account=account,
            typing=OutboxTyping(outbox, now, wake),
            sender=sender,
            consoles=consoles.services(settings, database.sessions, now),
            contents=contents,
            replies=replies,
            rooms=(
                replies_room.room(replies),
                content_room.room(contents),
                trial_room.room(trial),
                learning_room.room(learning),
                switches_room.room(switches, knowledge),
            ),
            instruments=instruments,
            depths=DepthRepository(database.sessions),
            switches=switches,
            retention=Retention(privacy, now),
        )


async def _knowledge(database: Database, now: Callable[[], datetime]) -> LiveKnowledge:
    contents = ContentRepository(database.sessions)
    await seed(contents, loader.load, now())
    knowledge = LiveKnowledge(contents, now)
    await knowledge.load()
    return knowledge


async def _database(stack: AsyncExitStack, settings: Settings, instruments: Instruments) -> Database:
    database = Database(settings.database_url)
    stack.push_async_callback(database.close)
    await database.migrate()
    database.observe(instruments)
    return database


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

        return EmbeddedAssistant(model, states, knowledge, supposed.today)

    return make


def remote(settings: Settings, http: aiohttp.ClientSession) -> AssistantFactory:
    """The assistant that runs in a Rasa server."""

    def make(states: TurnMemory, knowledge: Knowledge) -> Assistant:
        url, token = settings.rasa_url, settings.rasa_token
        return RemoteAssistant(http, url, token, states, knowledge, training.session_minutes(), _now)

    return make


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _nobody() -> None:
    """An account that may not send has nobody to wake."""

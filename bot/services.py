"""The composition root: the one place where the parts are made and given to each other."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import aiohttp

from bot import consoles, supposed
from bot.assistant import training
from bot.assistant.following import FollowingAssistant
from bot.assistant.making import AssistantFactory, Knowledge, embedded
from bot.assistant.port import Assistant, Reply
from bot.clients.limits import Limits
from bot.clients.live import LiveClients
from bot.consoles import Consoles
from bot.content.live import LiveKnowledge
from bot.conversation.canned import CannedReplies
from bot.conversation.chain import Voices
from bot.conversation.memory import TurnMemory
from bot.conversation.service import ConversationService, Times
from bot.eligibility.service import EligibilityService
from bot.ground import Ground, opened
from bot.hints import MODEL, Hints, hints
from bot.metrics.instruments import Instruments
from bot.metrics.measured import MeasuredAssistant, MeasuredClient, MeasuredOutbox
from bot.privacy.pseudonym import Pseudonyms
from bot.privacy.retention import Retention
from bot.rooms import feedback, practice
from bot.rooms.together import Rooms, together
from bot.settings import Settings
from bot.storage.accounts import AccountRepository
from bot.storage.clients import UseRepository
from bot.storage.clock import SharedClock
from bot.storage.conversation_states import ConversationStateRepository
from bot.storage.database import Database
from bot.storage.depths import DepthRepository
from bot.storage.exchanges import ExchangeRepository
from bot.storage.models import ModelRepository
from bot.storage.outbox import OutboxRepository
from bot.storage.privacy import PrivacyRepository
from bot.switches.live import LiveSwitches
from bot.wechat.account import OfficialAccount
from bot.wechat.client import WeChatClient
from bot.wechat.dispatch import CHANNEL
from bot.wechat.outbox import Sender
from bot.wechat.route import WeChatRoute
from bot.wechat.typing import OutboxTyping
from policies_kb import chinese_date


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
    pseudonyms: Pseudonyms
    clock: SharedClock
    account: OfficialAccount
    typing: OutboxTyping
    sender: Sender | None
    consoles: Consoles
    rooms: Rooms
    instruments: Instruments
    depths: DepthRepository
    switches: LiveSwitches
    clients: LiveClients
    limits: Limits
    retention: Retention


@asynccontextmanager
async def services(
    settings: Settings,
    make_assistant: AssistantFactory,
    times: Times | None = None,
    now: Callable[[], datetime] | None = None,
    model: Path | None = None,
) -> AsyncIterator[Services]:
    """Open all of it and close it at the end. A `model` given is what the assistant is made of, until another is used."""
    async with AsyncExitStack() as stack:
        ground = await opened(stack, settings, now)
        database, now = ground.database, ground.now
        memory = TurnMemory(ConversationStateRepository(database.sessions, now))
        assistant, following = _assistant(ground, settings, make_assistant, memory, model)
        told = _hints(stack, settings, following)
        account, sender, typing, route = await _wechat(stack, settings, ground)
        rooms = await _rooms(settings, ground, told, assistant, memory, route)
        yield Services(
            assistant=assistant,
            following=following,
            hints=told,
            knowledge=ground.live,
            conversation=_conversation(
                ground, assistant, memory, route, times, rooms.hotline.voices.and_then(rooms.tickets.voices)
            ),
            eligibility=EligibilityService(ground.served, chinese_date.today),
            database=database,
            pseudonyms=ground.pseudonyms,
            clock=ground.clock,
            account=account,
            typing=typing,
            sender=sender,
            consoles=consoles.services(settings, database.sessions, now),
            rooms=rooms,
            instruments=ground.instruments,
            depths=DepthRepository(database.sessions),
            switches=ground.switches,
            clients=ground.clients,
            limits=Limits(UseRepository(database.sessions), now),
            retention=Retention(PrivacyRepository(database.sessions), now),
        )


def _assistant(
    ground: Ground, settings: Settings, make_assistant: AssistantFactory, memory: TurnMemory, model: Path | None
) -> tuple[Assistant, FollowingAssistant | None]:
    """The assistant; where it is made of a model, the same as one that takes up other models."""
    content = supposed.unless_supposed(ground.served)
    assistant = make_assistant(memory, content)
    if model is None:
        return assistant, None
    following = _following(assistant, model, ground, settings, memory, content)
    return following, following


def _conversation(
    ground: Ground,
    assistant: Assistant,
    memory: TurnMemory,
    route: WeChatRoute,
    times: Times | None,
    desk: Voices,
) -> ConversationService:
    routes = {CHANNEL: route}

    def fits(channel: str, reply: Reply) -> bool:
        return channel not in routes or routes[channel].fits(reply)

    asking = feedback.voices(ground.database.sessions, assistant, ground.live, ground.served, ground.now, fits)
    return ConversationService(
        MeasuredAssistant(assistant, ground.instruments),
        ExchangeRepository(ground.database.sessions),
        memory,
        ground.served,
        ground.now,
        routes,
        times,
        ground.instruments.waited,
        PrivacyRepository(ground.database.sessions),
        ground.switches.notice,
        desk.and_then(asking).and_then(practice.voices(ground.database.sessions, ground.served, ground.now)),
    )


async def _rooms(
    settings: Settings, ground: Ground, told: Hints, assistant: Assistant, memory: TurnMemory, route: WeChatRoute
) -> Rooms:
    own = (ground.live, ground.switches, ground.clients, assistant, memory, {CHANNEL: route}, ground.now)
    rooms = together(settings, ground.database.sessions, told, *own)
    await rooms.hours.live.refresh()
    return rooms


def _hints(stack: AsyncExitStack, settings: Settings, following: FollowingAssistant | None) -> Hints:
    told = hints(settings.redis_url)
    stack.push_async_callback(told.close)
    if following is not None:
        told.listen(MODEL, following.wake)
    return told


async def _wechat(
    stack: AsyncExitStack, settings: Settings, ground: Ground
) -> tuple[OfficialAccount, Sender | None, OutboxTyping, WeChatRoute]:
    """The account, who sends where it may, and the two ways into his outbox."""
    tokens = AccountRepository(ground.database.sessions, settings.wechat_app_id, ground.now)
    account = OfficialAccount(settings.wechat_account == "verified", tokens, ground.now)
    outbox, sender, wake, fetch = OutboxRepository(ground.database.sessions, CHANNEL), None, _nobody, None
    if settings.wechat_account == "verified":
        http = await stack.enter_async_context(aiohttp.ClientSession())
        own = (settings.wechat_api_base, settings.wechat_app_id, settings.wechat_app_secret)
        client = WeChatClient(http, *own, tokens, ground.now)
        measured = MeasuredClient(client, ground.instruments)
        sender = Sender(MeasuredOutbox(outbox, ground.instruments), measured, account, ground.now)
        wake, fetch = sender.wake, client.media
    canned = CannedReplies(ground.served)
    route = WeChatRoute(account, lambda: canned("choose_hint").messages[0].text, wake, fetch)
    return account, sender, OutboxTyping(outbox, ground.now, wake), route


def _following(
    first: Assistant,
    model: Path,
    ground: Ground,
    settings: Settings,
    memory: TurnMemory,
    knowledge: Knowledge,
) -> FollowingAssistant:
    def load(path: Path) -> Assistant:
        return embedded(path)(memory, knowledge)

    digest, code = training.digest_of(model), training.code_digest()
    models = ModelRepository(ground.database.sessions, ground.now)
    return FollowingAssistant(first, digest, load, models, code, settings.models, ground.instruments.model)


def _nobody() -> None:
    """An account that may not send has nobody to wake."""

"""The consoles on a real server and a real database file, and the fixed cast at their browsers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import BaseTestServer, TestServer

from bot import consoles
from bot.assistant.port import Understanding
from bot.clients.live import LiveClients
from bot.console.room import Room
from bot.consoles import Consoles
from bot.content.live import LiveKnowledge
from bot.content.room import ContentRoom
from bot.content.seed import seed
from bot.conversation.memory import TurnMemory
from bot.feedback.room import FeedbackRoom
from bot.hints import NoHints
from bot.hotline.room import HotlineRoom
from bot.hours.port import AlwaysOpen
from bot.hours.room import HoursRoom
from bot.insight.service import Insight
from bot.learning.room import LearningRoom
from bot.replies.room import RepliesRoom
from bot.rooms import clients as clients_room
from bot.rooms import content as content_room
from bot.rooms import doctor as doctor_room
from bot.rooms import feedback as feedback_room
from bot.rooms import hotline as hotline_room
from bot.rooms import hours as hours_room
from bot.rooms import insight as insight_room
from bot.rooms import learning as learning_room
from bot.rooms import replies as replies_room
from bot.rooms import switches as switches_room
from bot.rooms import tickets as tickets_room
from bot.rooms import trial as trial_room
from bot.rooms import unanswered as unanswered_room
from bot.rooms.content import Contents
from bot.settings import DEMONSTRATION_TOKEN, Settings
from bot.storage.clients import ClientRepository
from bot.storage.content import ContentRepository
from bot.storage.database import Database
from bot.storage.switches import SwitchRepository
from bot.switches.live import LiveSwitches
from bot.tickets.room import TicketsRoom
from bot.trial.room import TrialRoom
from bot.unanswered.room import UnansweredRoom
from bot.web.views import WebViews, routes
from bot.wechat.views import MAX_BODY
from tests.accounts.cast import CAST, CHEAP, Parts, SetClock, add_cast, parts
from tests.conversation.cast import FakeRoute
from tests.factories import knowledge, settings_in
from tests.fakes import FakeAssistant, FakeStates
from tests.learning.course import School
from tests.web.fakes import FakeConversation

from .people import Person


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path / "data", WECHAT_TOKEN=DEMONSTRATION_TOKEN)


@pytest.fixture
async def made(database: Database) -> Parts:
    made = parts(database.sessions, SetClock())
    await add_cast(made)
    return made


@pytest.fixture
def services(settings: Settings, database: Database, made: Parts) -> Consoles:
    return consoles.services(settings, database.sessions, made.clock, CHEAP)


@pytest.fixture
async def live(database: Database, made: Parts) -> LiveKnowledge:
    """The small content, published."""
    store = ContentRepository(database.sessions)
    await seed(store, knowledge, made.clock())
    live = LiveKnowledge(store, made.clock)
    await live.load()
    return live


@pytest.fixture
def contents(database: Database, live: LiveKnowledge, made: Parts) -> Contents:
    return content_room.services(database.sessions, live, made.clock, understands)


@pytest.fixture
def room(contents: Contents) -> ContentRoom:
    return contents.room


async def understands(text: str) -> Understanding | None:
    """Takes whatever names a prize for a question about it."""
    return Understanding("ask", "prize", 0.9, ranking=(("ask/prize", 0.9),)) if "奖" in text else None


@pytest.fixture
def replies(database: Database, live: LiveKnowledge, made: Parts) -> RepliesRoom:
    return replies_room.services(database.sessions, live, made.clock)


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
async def trial(
    settings: Settings, database: Database, assistant: FakeAssistant, live: LiveKnowledge, made: Parts
) -> AsyncIterator[TrialRoom]:
    """What is tried out asks the fake assistant."""
    room = trial_room.services(settings, database.sessions, assistant, TurnMemory(FakeStates()), live, made.clock)
    yield room
    await room.batches.close()


@pytest.fixture
async def school(database: Database, made: Parts, tmp_path: Path) -> School:
    """Trainings that take no time, with a model in service."""
    school = School(database.sessions, made.clock, tmp_path / "models")
    await school.open()
    return school


@pytest.fixture
def learning(settings: Settings, database: Database, live: LiveKnowledge, made: Parts, school: School) -> LearningRoom:
    return learning_room.services(settings, database.sessions, NoHints(), live, made.clock, school)


@pytest.fixture
def insight(database: Database, live: LiveKnowledge, made: Parts) -> Insight:
    return insight_room.services(database.sessions, live, made.clock)


@pytest.fixture
def switches(database: Database, made: Parts) -> LiveSwitches:
    return LiveSwitches(SwitchRepository(database.sessions), made.clock)


@pytest.fixture
def feedback(database: Database, live: LiveKnowledge, made: Parts) -> FeedbackRoom:
    return feedback_room.services(database.sessions, live, made.clock)


@pytest.fixture
def clients(database: Database, made: Parts) -> LiveClients:
    return LiveClients(ClientRepository(database.sessions), made.clock)


@pytest.fixture
def hotline(database: Database, replies: RepliesRoom, live: LiveKnowledge, made: Parts) -> HotlineRoom:
    """The desk; what is written in it is parked."""
    ways = {"wechat": FakeRoute()}
    return hotline_room.services(database.sessions, ways, replies.desk, AlwaysOpen(), live, made.clock)


@pytest.fixture
def unanswered(database: Database, room: ContentRoom, made: Parts) -> UnansweredRoom:
    return unanswered_room.services(database.sessions, room, understands, made.clock)


@pytest.fixture
def hours(database: Database, made: Parts) -> HoursRoom:
    return hours_room.services(database.sessions, made.clock)


@pytest.fixture
def tickets(
    database: Database, hotline: HotlineRoom, hours: HoursRoom, live: LiveKnowledge, made: Parts
) -> TicketsRoom:
    return tickets_room.services(database.sessions, hotline.desk, hours.live, live, made.clock)


@pytest.fixture
def rooms(
    settings: Settings,
    made: Parts,
    contents: Contents,
    feedback: FeedbackRoom,
    unanswered: UnansweredRoom,
    replies: RepliesRoom,
    trial: TrialRoom,
    learning: LearningRoom,
    insight: Insight,
    switches: LiveSwitches,
    clients: LiveClients,
    hotline: HotlineRoom,
    hours: HoursRoom,
    tickets: TicketsRoom,
) -> list[Room]:
    return [
        hotline_room.room(hotline, contents.room.knowledge, made.clock, lasts=0),
        content_room.room(contents),
        feedback_room.room(feedback),
        unanswered_room.room(unanswered),
        replies_room.room(replies),
        trial_room.room(trial),
        learning_room.room(learning),
        insight_room.room(insight),
        switches_room.room(switches, contents.room.knowledge),
        doctor_room.room(settings, made.clock),
        clients_room.room(clients),
        hours_room.room(hours),
        tickets_room.room(tickets),
    ]


@pytest.fixture
async def server(settings: Settings, services: Consoles, rooms: list[Room]) -> AsyncIterator[BaseTestServer]:
    app = web.Application(client_max_size=MAX_BODY)
    app.add_routes(routes(WebViews(FakeConversation())))
    consoles.install(app, settings, services, rooms)
    async with TestServer(app) as server:
        yield server


@pytest.fixture
async def people(server: BaseTestServer) -> AsyncIterator[dict[str, Person]]:
    """Administrator, editor, agent and reviewer, signed in, and an outsider."""
    found = {name: Person(server) for name in (*CAST, "outsider")}
    for name in CAST:
        assert (await found[name].sign_in(name)).status == 303
    yield found
    for person in found.values():
        await person.leave()

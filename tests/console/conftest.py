"""The consoles on a real server and a real database file, and the fixed cast at their browsers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import BaseTestServer, TestServer

from bot import consoles
from bot.consoles import Consoles
from bot.content.live import LiveKnowledge
from bot.content.room import ContentRoom
from bot.content.seed import seed
from bot.settings import DEMONSTRATION_TOKEN, Settings
from bot.storage.content import ContentRepository
from bot.storage.database import Database
from bot.storage.switches import SwitchRepository
from bot.switches.live import LiveSwitches
from bot.web.views import WebViews, routes
from tests.accounts.cast import CAST, CHEAP, Parts, SetClock, add_cast, parts
from tests.factories import knowledge, settings_in
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
def room(database: Database, live: LiveKnowledge, made: Parts) -> ContentRoom:
    return consoles.contents(database.sessions, live, made.clock)


@pytest.fixture
def switches(database: Database, made: Parts) -> LiveSwitches:
    return LiveSwitches(SwitchRepository(database.sessions), made.clock)


@pytest.fixture
async def server(
    settings: Settings, services: Consoles, room: ContentRoom, switches: LiveSwitches
) -> AsyncIterator[BaseTestServer]:
    app = web.Application()
    app.add_routes(routes(WebViews(FakeConversation())))
    consoles.install(app, settings, services, room, switches)
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

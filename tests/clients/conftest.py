"""The whole application with a clock that stands still, one proxy before it, and a client with a key."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.accounts.audit import COMMAND_LINE
from bot.app import create_app
from bot.clients.model import Draft
from bot.services import Services, services
from bot.settings import Settings
from tests.factories import settings_in
from tests.fakes import FakeAssistant, SetClock

ORIGIN = "https://www.example.com"


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path / "data", PROXIES="1", API_PER_MINUTE="5")


@pytest.fixture
async def parts(settings: Settings, clock: SetClock, shipped_at_once: None) -> AsyncIterator[Services]:
    async with services(settings, lambda states, knowledge: FakeAssistant(), now=clock) as parts:
        yield parts


@pytest.fixture
async def client(settings: Settings, parts: Services) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    async with TestClient(TestServer(create_app(settings, parts))) as client:
        yield client


@pytest.fixture
async def key(parts: Services) -> str:
    _, key = await parts.clients.add(COMMAND_LINE, Draft("市总网站", 3, 8, (ORIGIN,)))
    return key

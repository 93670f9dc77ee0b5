"""The website channel on a real aiohttp server, with a fake conversation behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.web.views import WebViews, routes

from .fakes import FakeConversation


@pytest.fixture
async def conversation() -> FakeConversation:
    return FakeConversation()


@pytest.fixture
async def client(conversation: FakeConversation) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    app = web.Application()
    app.add_routes(routes(WebViews(conversation)))
    async with TestClient(TestServer(app)) as client:
        yield client

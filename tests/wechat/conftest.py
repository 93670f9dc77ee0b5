"""The webhook on a real aiohttp server, in plaintext and in safe mode."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.wechat.desk import Desk
from bot.wechat.routes import routes
from bot.wechat.settings import WeChatSettings
from bot.wechat.views import WeChatViews

from .envelopes import AES_KEY, APP_ID, TOKEN
from .fakes import FakeAccount, FakeConversation, FakeTyping, pseudonym

NOW = 1764915200


@pytest.fixture
def conversation() -> FakeConversation:
    return FakeConversation()


@pytest.fixture
async def plain(conversation: FakeConversation) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    async with _client(WeChatSettings(TOKEN), conversation) as client:
        yield client


@pytest.fixture
async def safe(conversation: FakeConversation) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    async with _client(WeChatSettings(TOKEN, APP_ID, AES_KEY), conversation) as client:
        yield client


def _client(settings: WeChatSettings, conversation: FakeConversation) -> TestClient[web.Request, web.Application]:
    desk = Desk(conversation, FakeAccount(), FakeTyping(), budget=4, pseudonym=pseudonym)
    app = web.Application()
    app.add_routes(routes(WeChatViews(settings, desk, conversation.canned, clock=lambda: NOW)))
    return TestClient(TestServer(app))

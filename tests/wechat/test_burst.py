"""Two fragments of a question on the webhook: the first is acknowledged, the second answered."""

from __future__ import annotations

import asyncio

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.assistant.port import Understanding
from bot.storage.database import Database
from bot.wechat.desk import Desk
from bot.wechat.routes import routes
from bot.wechat.settings import WeChatSettings
from bot.wechat.views import WeChatViews
from tests.conversation.cast import Cast

from .envelopes import TOKEN, content_of, payload, query
from .fakes import FakeAccount, FakeTyping, pseudonym

FIRST = "高级技师能延迟退休吗"


async def test_fragment_that_was_joined_is_success(database: Database) -> None:
    cast = Cast(database, burst_wait=3600)
    cast.assistant.understood[FIRST] = Understanding("clarify", None, 0.3)
    desk = Desk(cast.service, FakeAccount(), FakeTyping(), budget=4, pseudonym=pseudonym)
    app = web.Application()
    app.add_routes(routes(WeChatViews(WeChatSettings(TOKEN), desk, cast.service.canned)))
    rest = payload("text").replace(b"24518076431210825", b"2").replace(FIRST.encode(), "啥条件".encode())

    async with TestClient(TestServer(app)) as client:
        first = asyncio.create_task(client.post("/wechat", params=query(), data=payload("text")))
        await cast.assistant.reached.wait()
        second = await client.post("/wechat", params=query(), data=rest)

        assert await (await first).text() == "success"
        assert content_of(await second.read()).startswith(f"2 {FIRST} 啥条件")

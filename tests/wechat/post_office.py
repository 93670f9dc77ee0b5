"""A process that sends what stands in a real outbox to a local API of WeChat, and workers who write."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from bot.conversation.ports import Completion, Lease, Post, Said, Turn, Waiting
from bot.storage.accounts import AccountRepository
from bot.storage.database import Database
from bot.storage.exchanges import ExchangeRepository
from bot.storage.outbox import OutboxRepository
from bot.storage.tables import Outgoing
from bot.wechat.account import OfficialAccount
from bot.wechat.client import WeChatClient
from bot.wechat.outbox import Sender
from bot.wechat.text import letters
from tests.factories import reply
from tests.fakes import SetClock

from .fake_api import FakeAPI

WORKER = "oWorker"


def own_name(openid: str) -> str:
    """What the service calls a worker."""
    return f"own {openid}"


class PostOffice:
    """One process that sends, and the workers who write."""

    def __init__(self, database: Database, clock: SetClock, http: aiohttp.ClientSession, url: str) -> None:
        self.database, self.clock = database, clock
        self.exchanges = ExchangeRepository(database.sessions)
        store = AccountRepository(database.sessions, "wx1", clock)
        self.account = OfficialAccount(True, store, clock)
        self.outbox = OutboxRepository(database.sessions, "wechat")
        hurried = aiohttp.ClientTimeout(total=2)
        client = WeChatClient(http, url, "wx1", "app-secret", store, clock, timeout=hurried)
        self.sender = Sender(self.outbox, client, self.account, clock, pause=_at_once)

    async def late(self, text: str, key: str = "1", sender: str = WORKER, *options: str, event: bool = False) -> Turn:
        """A message whose answer is late, and what it was answered from."""
        said = Said("wechat", own_name(sender), key, "年金", event=event, address=sender)
        now = self.clock()
        lease = Lease("one", now, now + timedelta(seconds=5))
        receipt = await self.exchanges.receive(said, lease)
        turn = receipt.turn or await self.exchanges.take(Waiting(receipt.id, said), lease)
        assert isinstance(turn, Turn)
        answer = reply(text, *options)
        done = Completion(answer, None, now, post=Post(letters(answer), "queued"), late=True)
        assert await self.exchanges.complete(Waiting(receipt.id, said), "one", done)
        return turn

    async def rows(self) -> list[tuple[str, int | None]]:
        """State and code of each letter."""
        async with self.database.sessions() as session:
            rows = await session.scalars(select(Outgoing).order_by(Outgoing.id))
            return [(row.state, row.code) for row in rows]


async def _at_once(_seconds: float) -> None:
    """Tests do not wait."""


@asynccontextmanager
async def opened(database: Database, clock: SetClock, api: FakeAPI) -> AsyncIterator[PostOffice]:
    """The process, with the API's server beside it."""
    async with TestServer(api.app()) as server, aiohttp.ClientSession() as http:
        yield PostOffice(database, clock, http, str(server.make_url("/")))
        api.open.set()

"""Messages with their replies; the fake keeps the same contract as the repository."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.assistant.port import Message, Reply, Understanding
from bot.conversation.service import Exchanges
from bot.storage.database import Database
from bot.storage.exchanges import ExchangeRepository
from bot.storage.tables import Exchange
from tests.factories import reply
from tests.fakes import NOON, FakeExchanges

FULL = Reply(
    (Message("企业出钱\n依据:《小文件》第1条", ("企业年金", "都不是")), Message("👍")), Understanding("ask", None, 0.5)
)


@pytest.fixture(params=["fake", "real"])
def exchanges(request: pytest.FixtureRequest, database: Database) -> Exchanges:
    return FakeExchanges() if request.param == "fake" else ExchangeRepository(database.sessions)


async def add(
    exchanges: Exchanges,
    said: Reply,
    channel: str = "wechat",
    sender: str = "worker",
    key: str = "1",
    at: datetime = NOON,
) -> None:
    await exchanges.add(channel, sender, key, "年金", said, at, at)


@pytest.mark.parametrize("said", [FULL, reply("text"), Reply(())])
async def test_reply_comes_back_as_it_was(exchanges: Exchanges, said: Reply) -> None:
    await add(exchanges, said)

    assert await exchanges.reply_to("wechat", "worker", "1") == said


async def test_new_message_has_no_reply(exchanges: Exchanges) -> None:
    await add(exchanges, FULL)

    assert await exchanges.reply_to("wechat", "worker", "2") is None
    assert await exchanges.reply_to("wechat", "another", "1") is None
    assert await exchanges.reply_to("web", "worker", "1") is None


async def test_first_reply_of_a_message_stays(exchanges: Exchanges) -> None:
    await add(exchanges, reply("first"))
    await add(exchanges, reply("second"))

    assert await exchanges.reply_to("wechat", "worker", "1") == reply("first")


async def test_same_key_of_another_sender_is_another_message(exchanges: Exchanges) -> None:
    await add(exchanges, reply("first"))
    await add(exchanges, reply("second"), sender="another")

    assert await exchanges.reply_to("wechat", "another", "1") == reply("second")


async def test_delete_of_drops_all_of_one_sender(exchanges: Exchanges) -> None:
    for channel, sender, key in (("wechat", "worker", "1"), ("wechat", "worker", "2"), ("web", "worker", "1")):
        await add(exchanges, FULL, channel, sender, key)

    await exchanges.delete_of("wechat", "worker")

    assert await exchanges.reply_to("wechat", "worker", "1") is None
    assert await exchanges.reply_to("wechat", "worker", "2") is None
    assert await exchanges.reply_to("web", "worker", "1") == FULL


async def test_concurrent_writers_keep_one_reply_each(exchanges: Exchanges) -> None:
    await asyncio.gather(*(add(exchanges, reply(f"{n}"), key=str(n % 5)) for n in range(20)))

    kept = [await exchanges.reply_to("wechat", "worker", str(key)) for key in range(5)]
    assert None not in kept


async def test_row_tells_how_the_message_was_understood(database: Database) -> None:
    await add(ExchangeRepository(database.sessions), Reply((), Understanding("ask", "annuity", 0.75)))

    async with database.sessions() as session:
        row = (await session.scalars(select(Exchange))).one()
    assert (row.text, row.intent, row.label, row.confidence) == ("年金", "ask", "annuity", 0.75)


async def test_exchange_survives_a_restart(database: Database, database_url: str) -> None:
    await add(ExchangeRepository(database.sessions), FULL)
    await database.close()

    again = Database(database_url)
    await again.migrate()
    kept = await ExchangeRepository(again.sessions).reply_to("wechat", "worker", "1")
    await again.close()

    assert kept == FULL

"""Openids stand in one table; a database of before is renamed, and stays with the key that it was begun with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from alembic import command
from sqlalchemy import Connection, insert, select, text

from bot.app import create_app
from bot.conversation.ports import Lease, Said
from bot.privacy.pseudonym import Pseudonyms
from bot.services import services
from bot.storage.database import Database, DatabaseUnusable, _alembic
from bot.storage.exchanges import ExchangeRepository
from bot.storage.privacy_tables import WorkerAddress
from bot.storage.tables import Base
from tests.factories import settings_in
from tests.fakes import NOON, FakeAssistant
from tests.wechat.envelopes import payload, query

OPENID = "oyORnuP8q7ou2gfYjqLzSIWZf0rs"
NAMES = Pseudonyms(b"key")


async def places(database: Database, word: str) -> set[str]:
    """The tables in any column of which a word stands."""

    def holds(connection: Connection) -> Iterator[str]:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(select(table)):
                if any(
                    word in (value.decode(errors="replace") if isinstance(value, bytes) else str(value))
                    for value in row
                ):
                    yield table.name

    return await database.sessions.read(lambda connection: set(holds(connection)))


async def addresses(database: Database) -> list[tuple[str, str]]:
    async with database.sessions() as session:
        return [(row.sender, row.address) for row in await session.scalars(select(WorkerAddress))]


@pytest.mark.usefixtures("shipped_at_once")
async def test_openid_stands_in_no_other_table_after_a_conversation(tmp_path: Path, database_url: str) -> None:
    settings = settings_in(tmp_path, DATABASE_URL=database_url)
    async with (
        services(settings, lambda memory, knowledge: FakeAssistant()) as parts,
        TestClient(TestServer(create_app(settings, parts))) as client,
    ):
        for name in ("event_subscribe", "text", "event_click_ask", "image"):
            await client.post("/wechat", params=query("token"), data=payload(name))
        await parts.conversation.drain(5)
        stored = await places(parts.database, OPENID)
        text_ = await places(parts.database, "高级技师能延迟退休吗")
        await client.post("/wechat", params=query("token"), data=payload("event_unsubscribe"))
        own = parts.pseudonyms("wechat", OPENID)
        left = await places(parts.database, OPENID) | await places(parts.database, own)

    assert "exchange" in text_
    assert stored == {"worker_address"}
    assert left == set()


async def test_address_is_noted_when_nothing_is_remembered(database: Database) -> None:
    exchanges = ExchangeRepository(database.sessions)
    lease = Lease("one", NOON, NOON + timedelta(seconds=5))
    later = Lease("one", NOON + timedelta(days=1), NOON + timedelta(days=2))
    for name, one in (("1", lease), ("2", later)):
        await exchanges.receive(Said("wechat", "own", name, "年金", address=OPENID), one)

    async with database.sessions() as session:
        (row,) = await session.scalars(select(WorkerAddress))
    assert (row.sender, row.channel, row.address, row.seen_at) == ("own", "wechat", OPENID, later.now)


async def test_web_session_has_no_address(database: Database) -> None:
    lease = Lease("one", NOON, NOON + timedelta(seconds=5))
    await ExchangeRepository(database.sessions).receive(Said("web", "session-1234", "1", "年金"), lease)

    assert await addresses(database) == []


async def old(database: Database) -> None:
    """A database before pseudonyms, with messages of two channels."""

    def fill(connection: Connection) -> None:
        config = _alembic()
        config.attributes["connection"] = connection
        command.upgrade(config, "0011")
        for channel, sender, name in (("wechat", OPENID, "1"), ("wechat", OPENID, "2"), ("web", "session", "1")):
            row = {"channel": channel, "sender": sender, "key": name, "text": "年金", "received_at": NOON}
            connection.execute(insert(Base.metadata.tables["exchange"]).values(row))
        for conversation in (f"wechat:{OPENID}", "web:session"):
            row = {"conversation": conversation, "updated_at": NOON}
            connection.execute(insert(Base.metadata.tables["conversation_state"]).values(row))

    await database.sessions.transact(fill)


async def test_database_of_before_is_renamed_and_back(database_url: str) -> None:
    database, own = Database(database_url), NAMES("wechat", OPENID)
    await old(database)

    with pytest.raises(DatabaseUnusable, match="start the service with PRIVACY_KEY"):
        await database.migrate()
    await database.migrate(NAMES)

    assert await addresses(database) == [(own, OPENID)]
    assert await places(database, OPENID) == {"worker_address"}
    async with database.sessions() as session:
        senders = (await session.scalars(text("SELECT sender FROM exchange ORDER BY id"))).all()
        states = (await session.scalars(text("SELECT conversation FROM conversation_state ORDER BY 1"))).all()
    assert (senders, states) == ([own, own, "session"], ["web:session", f"wechat:{own}"])

    def back(connection: Connection) -> list[str]:
        config = _alembic()
        config.attributes["connection"] = connection
        command.downgrade(config, "0011")
        return list(connection.scalars(text("SELECT sender FROM exchange ORDER BY id")))

    assert await database.sessions.transact(back) == [OPENID, OPENID, "session"]
    await database.close()


async def test_other_key_is_refused(database_url: str) -> None:
    database = Database(database_url)
    for _ in range(2):
        await database.migrate(NAMES)

    with pytest.raises(DatabaseUnusable, match="another PRIVACY_KEY"):
        await database.migrate(Pseudonyms(b"another"))
    await database.close()


async def test_database_keeps_one_key_where_none_is_set(database: Database) -> None:
    found = {(await database.own_names()).fingerprint for _ in range(3)}

    assert len(found) == 1
    with pytest.raises(DatabaseUnusable, match="another PRIVACY_KEY"):
        await database.migrate(NAMES)


async def test_key_that_was_set_is_not_kept(database: Database) -> None:
    await database.migrate(NAMES)

    with pytest.raises(DatabaseUnusable, match="another PRIVACY_KEY"):
        await database.own_names()

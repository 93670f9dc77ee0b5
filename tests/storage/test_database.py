"""The database file, its tables and its settings."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from aiohttp.test_utils import unused_port
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.assistant.training import ROOT
from bot.privacy.pseudonym import Pseudonyms
from bot.storage.database import Database, DatabaseUnusable
from bot.storage.tables import Base, ConversationState, Exchange
from tests.fakes import NOON


async def test_migrations_make_the_tables_of_an_empty_database(database_url: str) -> None:
    database = Database(database_url)
    await database.migrate()

    async with database.sessions() as session:
        connection = await session.connection()
        columns = await connection.run_sync(
            lambda sync: {
                table: {c["name"] for c in inspect(sync).get_columns(table)} for table in Base.metadata.tables
            }
        )
    await database.close()

    assert columns == {name: set(table.columns.keys()) for name, table in Base.metadata.tables.items()}


async def test_migrations_run_twice_leave_the_data(database: Database) -> None:
    async with database.sessions.begin() as session:
        session.add(ConversationState(conversation="one", state=b"0", updated_at=NOON))

    await database.migrate()

    async with database.sessions() as session:
        assert await session.get(ConversationState, "one") is not None


async def test_migrations_match_the_tables(database: Database) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    async with database.sessions() as session:
        connection = await session.connection()
        differences = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync), Base.metadata)
        )

    assert differences == [], "write a migration for what changed in bot/storage/tables.py"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("busy_timeout", 5000), ("foreign_keys", 1)])
async def test_connection_is_prepared(database: Database, pragma: str, value: str | int) -> None:
    async with database.sessions() as session:
        assert await session.scalar(text(f"PRAGMA {pragma}")) == value


async def test_reader_does_not_wait_for_the_writer(database: Database) -> None:
    async with database.sessions.begin() as writer:
        writer.add(ConversationState(conversation="one", state=b"0", updated_at=NOON))
        await writer.flush()

        async with database.sessions() as reader:
            assert await reader.scalar(text("SELECT count(*) FROM conversation_state")) == 0


async def test_processes_that_start_at_once_migrate_once(database_url: str) -> None:
    databases = [Database(database_url) for _ in range(3)]

    await asyncio.gather(*(database.migrate() for database in databases))

    for database in databases:
        await database.ping()
        await database.close()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_statement_that_takes_too_long_fails(database: Database) -> None:
    async with database.sessions() as session:
        assert await session.scalar(text("SHOW statement_timeout")) == "3s"


@pytest.mark.usefixtures("no_connection_left")
async def test_server_that_is_not_there_stops_the_start() -> None:
    database = Database(f"postgresql+asyncpg://gongyou@127.0.0.1:{unused_port()}/gongyou")

    with pytest.raises(DatabaseUnusable, match=r"gongyou cannot be used: .*; check DATABASE_URL"):
        await database.migrate()

    await database.close()


async def test_downgrade_leaves_what_the_first_version_knew(database: Database) -> None:
    async with database.sessions.begin() as session:
        session.add(ConversationState(conversation="one", state=None, updated_at=NOON))
        session.add(ConversationState(conversation="two", state=b"2", updated_at=NOON))
        said = {"channel": "wechat", "sender": "worker", "text": "年金", "received_at": NOON}
        session.add(Exchange(key="open", **said))
        session.add(Exchange(key="answered", reply=b"{}", replied_at=NOON, late=True, **said))

    async with database.sessions.begin() as session:
        connection = await session.connection()
        await connection.run_sync(downgrade_to_the_first)
        kept = list(await session.scalars(text("SELECT conversation FROM conversation_state")))
    await database.migrate(Pseudonyms(b"key"))

    async with database.sessions() as session:
        row = (await session.scalars(select(Exchange))).one()
    assert kept == ["two"]
    assert (row.key, row.replied_at, row.deliveries, row.late) == ("answered", NOON, 1, False)


def downgrade_to_the_first(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "bot" / "storage" / "migrations"))
    config.attributes["connection"] = connection
    command.downgrade(config, "0001")


async def test_ping_passes_while_the_database_answers(database: Database) -> None:
    await database.ping()


@pytest.mark.usefixtures("no_connection_left")
async def test_ping_fails_when_the_database_is_gone(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'gone' / 'gongyou.db'}")
    (tmp_path / "gone").rmdir()

    with pytest.raises(OperationalError):
        await database.ping()

    await database.close()


@pytest.mark.usefixtures("no_connection_left")
async def test_file_that_is_no_database_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "gongyou.db"
    path.write_text("no database, but long enough to be taken for the header of one" * 100)
    database = Database(f"sqlite+aiosqlite:///{path}")

    with pytest.raises(DatabaseUnusable, match="file is not a database; check DATABASE_URL and DATA_DIR") as error:
        await database.migrate()

    assert str(path) in str(error.value)
    await database.close()


async def test_database_of_a_later_version_stops_the_start(database: Database) -> None:
    async with database.sessions.begin() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = 'later'"))

    with pytest.raises(DatabaseUnusable, match=r"'later'.*; check DATABASE_URL and DATA_DIR"):
        await database.migrate()


def test_malformed_address_is_told_without_quoting_it() -> None:
    with pytest.raises(DatabaseUnusable, match="DATABASE_URL is not a database address; check") as error:
        Database("sqlite+aiosqlite:secretive")

    assert "secretive" not in str(error.value)


async def test_error_of_the_database_does_not_quote_the_worker(database: Database) -> None:
    with pytest.raises(DBAPIError) as error:
        async with database.sessions.begin() as session:
            await session.execute(text("INSERT INTO nothing VALUES (:text)"), {"text": "MARKED"})

    assert "MARKED" not in str(error.value)

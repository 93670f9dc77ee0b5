"""The database file, its tables and its settings."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import OperationalError

from bot.storage.database import Database, DatabaseUnusable
from bot.storage.tables import Base, ConversationState


async def test_migrations_make_the_tables_of_an_empty_database(url: str) -> None:
    database = Database(url)
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
        await session.execute(text("INSERT INTO conversation_state VALUES ('one', x'00', '2026-03-02 12:00:00')"))

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


@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("busy_timeout", 5000), ("foreign_keys", 1)])
async def test_connection_is_prepared(database: Database, pragma: str, value: str | int) -> None:
    async with database.sessions() as session:
        assert await session.scalar(text(f"PRAGMA {pragma}")) == value


async def test_reader_does_not_wait_for_the_writer(database: Database) -> None:
    async with database.sessions.begin() as writer:
        await writer.execute(text("INSERT INTO conversation_state VALUES ('one', x'00', '2026-03-02 12:00:00')"))

        async with database.sessions() as reader:
            assert await reader.scalar(text("SELECT count(*) FROM conversation_state")) == 0


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
    with pytest.raises(OperationalError) as error:
        async with database.sessions.begin() as session:
            await session.execute(text("INSERT INTO nothing VALUES (:text)"), {"text": "MARKED"})

    assert "MARKED" not in str(error.value)
    assert isinstance(error.value.orig, sqlite3.OperationalError)

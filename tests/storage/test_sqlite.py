"""Our connections to SQLite, through SQLAlchemy and by themselves."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.storage import sqlite
from bot.storage.database import Database


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[sqlite.Connection]:
    """A file with an empty table `word`."""
    opened: Any = await sqlite.connect(str(tmp_path / "words.db"))
    await (await opened.cursor()).execute("CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT UNIQUE)")
    yield opened
    await opened.close()


async def test_cursor_tells_what_a_statement_did(connection: sqlite.Connection) -> None:
    cursor = await connection.cursor()

    await cursor.executemany("INSERT INTO word (text) VALUES (?)", [("甲",), ("乙",)])
    assert (cursor.rowcount, cursor.description) == (2, None)
    await cursor.execute("INSERT INTO word (text) VALUES (?)", ("丙",))
    assert cursor.lastrowid == 3
    await cursor.execute("SELECT text FROM word ORDER BY id")
    assert [column[0] for column in cursor.description] == ["text"]
    assert await cursor.fetchall() == [("甲",), ("乙",), ("丙",)]


async def test_rollback_undoes_what_is_not_committed(connection: sqlite.Connection) -> None:
    cursor = await connection.cursor()
    await cursor.execute("INSERT INTO word (text) VALUES ('甲')")

    await connection.rollback()

    await cursor.execute("SELECT count(*) FROM word")
    assert await cursor.fetchall() == [(0,)]
    assert not connection.in_transaction


async def test_error_of_a_statement_comes_through(connection: sqlite.Connection) -> None:
    cursor = await connection.cursor()
    await cursor.execute("INSERT INTO word (text) VALUES ('甲')")

    with pytest.raises(sqlite3.IntegrityError):
        await cursor.execute("INSERT INTO word (text) VALUES ('甲')")


async def test_closing_that_is_given_up_ends(tmp_path: Path) -> None:
    opened: Any = await sqlite.connect(str(tmp_path / "words.db"))
    closing = asyncio.create_task(opened.close())
    await asyncio.sleep(0)

    opened.stop()
    closing.cancel()

    _, still_waiting = await asyncio.wait({closing}, timeout=10)
    assert not still_waiting


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_write_that_is_given_up_leaves_no_lock(database: Database) -> None:
    insert = text(
        "INSERT INTO conversation_state (conversation, state, updated_at) VALUES (:name, x'00', '2026-03-02 12:00:00')"
    )

    async def write(name: str) -> None:
        async with database.sessions.begin() as session:
            await session.execute(insert, {"name": name})

    given_up = asyncio.create_task(write("one"))
    while not given_up.done():
        await asyncio.sleep(0)
        given_up.cancel()
    await write("two")

    async with database.sessions() as session:
        found = set(await session.scalars(text("SELECT conversation FROM conversation_state")))
    assert "two" in found

"""SQLite behind a thread of its own, with one trip to that thread for a statement where aiosqlite makes four."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from typing import Any, NamedTuple

import aiosqlite


def connect(database: str, **options: Any) -> Connection:
    """What aiosqlite.connect gives, for SQLAlchemy: `await` it to open."""
    opened = Connection(partial(sqlite3.connect, database, **options), iter_chunk_size=64)
    # SQLAlchemy does the same to what it opens itself: a connection that was forgotten does not keep the process.
    opened._thread.daemon = True  # noqa: SLF001
    return opened


class Connection(aiosqlite.Connection):
    """Statements are executed and read in one go, and a rollback of nothing does nothing."""

    _ended: asyncio.Future[Any] | None = None

    def stop(self) -> asyncio.Future[Any] | None:
        """Only once: what is queued after the thread has ended would be waited for without end.

        A query that is cancelled together with the closing that SQLAlchemy then begins stops it twice.
        """
        if self._running:
            self._ended = super().stop()
        return self._ended

    async def cursor(self) -> Cursor:  # type: ignore[override]
        """No trip: SQLite's own cursor lives as long as the statement."""
        return Cursor(self)

    async def run(self, method: str, sql: str, parameters: Sequence[Any]) -> Done:
        """Call a method of an SQLite cursor and read all rows."""
        done: Done = await self._execute(self._run, method, sql, parameters)  # type: ignore[no-untyped-call]
        return done

    def _run(self, method: str, sql: str, parameters: Sequence[Any]) -> Done:
        """In the thread of the connection."""
        with closing(self._conn.cursor()) as cursor:
            getattr(cursor, method)(sql, parameters)
            rows = cursor.fetchall() if cursor.description else []
            return Done(rows, cursor.description, cursor.rowcount, cursor.lastrowid)

    async def rollback(self) -> None:
        """SQLAlchemy rolls back whenever a connection is given back, mostly after mere reading."""
        if self.in_transaction:
            await super().rollback()


class Done(NamedTuple):
    """What a statement left behind."""

    rows: list[Any]
    description: Any
    rowcount: int
    lastrowid: int | None


class Cursor:
    """What SQLAlchemy uses of a cursor when it reads all rows at once, as it does unless told to stream them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._done = Done([], None, -1, None)

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Execute and read."""
        self._done = await self._connection.run("execute", sql, parameters)

    async def executemany(self, sql: str, parameters: Sequence[Sequence[Any]]) -> None:
        """Execute for each set of parameters."""
        self._done = await self._connection.run("executemany", sql, parameters)

    async def fetchall(self) -> list[Any]:
        """The rows, which are here already."""
        return self._done.rows

    async def close(self) -> None:
        """Closed since it was read."""

    @property
    def description(self) -> Any:
        """As DB-API has it, and so the next two."""
        return self._done.description

    @property
    def rowcount(self) -> int:
        """Rows that the statement changed, or -1."""
        return self._done.rowcount

    @property
    def lastrowid(self) -> int | None:
        """The number of the row that was inserted last."""
        return self._done.lastrowid

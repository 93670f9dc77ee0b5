"""Opens the database and brings its tables up to date; SQLite for one machine, PostgreSQL for many processes."""

from __future__ import annotations

import sqlite3
import time
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, cast

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Dialect, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.privacy.pseudonym import Pseudonyms
from bot.storage import sqlite
from bot.storage.clock import utc_now
from bot.storage.observation import Observer, observe
from bot.storage.privacy_key import KeyDiffers, check_key, own_key
from bot.storage.sessions import WRITES, Sessions
from bot.storage.writer import Writer

_MIGRATIONS = Path(__file__).parent / "migrations"
_PAUSES = (0.02,) * 50
"""Seconds between attempts to open a file that another process is just making."""
_MIGRATION_LOCK = 0x676F6E67
"""Any number, the same in all processes: of those that start at once, one migrates and the others wait."""

_POSTGRESQL: dict[str, Any] = {
    "pool_size": 10,
    # What overflows is closed after each use, and to open a connection costs more than a message.
    "max_overflow": 0,
    # Less than what WeChat waits, so that the worker can be told.
    "pool_timeout": 1.5,
    "pool_recycle": 1800,
    "connect_args": {
        "timeout": 3,
        "command_timeout": 5,
        # What would take longer than a worker may wait fails instead, and is tried again or said honestly. (ms)
        "server_settings": {
            "application_name": "gongyou",
            "statement_timeout": "3000",
            "lock_timeout": "2000",
            "idle_in_transaction_session_timeout": "10000",
        },
    },
}
_IDLE = 2.0
"""Seconds without use after which a connection is asked whether it lives; who uses one that died sooner tries again."""
_USED_AT = "gongyou_used_at"
_REMEDY = "check DATABASE_URL and DATA_DIR, and that the file can be written and is a database of this service"

_KEY_REMEDY = "set that one, or bring back the file privacy.key in DATA_DIR"


class DatabaseUnusable(Exception):
    """The database cannot be opened or brought up to date; the message says what to check."""


class Database:
    """The engine of a process and its sessions; close it at the end."""

    def __init__(self, url: str) -> None:
        try:
            address = make_url(url)
            self._place = address.database
            on_file = address.get_backend_name() == "sqlite"
            self._engine = _sqlite(address) if on_file else _postgresql(address)
            self._writing = _sqlite_writing(address) if on_file else None
        except ArgumentError:
            raise DatabaseUnusable(f"DATABASE_URL is not a database address; {_REMEDY}") from None
        except OSError as error:
            raise DatabaseUnusable(f"the database's folder cannot be made: {error.strerror}; {_REMEDY}") from None
        self._writer = None if self._writing is None else Writer(self._writing)
        self.sessions = Sessions(self._engine, self._writer)

    async def migrate(self, pseudonyms: Pseudonyms | None = None) -> None:
        """Run the migrations that the database does not have yet; raises DatabaseUnusable.

        `pseudonyms` are the names of workers, which must be those that the database was begun with.
        """
        engine = self._unhurried()
        try:
            async with engine.begin() as connection:
                if engine.name == "postgresql":
                    await connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
                await connection.run_sync(_upgrade, pseudonyms)
        except KeyDiffers:
            raise self._other_key() from None
        except (SQLAlchemyError, CommandError, OSError) as error:
            told = type(error).__name__ if isinstance(error, OSError) else error.args[0]
            raise DatabaseUnusable(f"the database {self._place} cannot be used: {told}; {_REMEDY}") from error
        finally:
            if engine.name == "postgresql":
                await engine.dispose()

    async def own_names(self) -> Pseudonyms:
        """Names of workers by a key that the database makes once and keeps; raises DatabaseUnusable where it has another."""
        try:
            return await self.sessions.transact(lambda connection: Pseudonyms(own_key(connection).encode()))
        except KeyDiffers:
            raise self._other_key() from None

    def _other_key(self) -> DatabaseUnusable:
        return DatabaseUnusable(f"the database {self._place} was begun with another PRIVACY_KEY; {_KEY_REMEDY}")

    def _unhurried(self) -> AsyncEngine:
        """An engine without the limits of time that hold while workers wait."""
        if self._engine.name == "sqlite":
            return self._engine.execution_options(**{WRITES: True})
        return create_async_engine(self._engine.url, hide_parameters=True, poolclass=NullPool)

    def observe(self, observer: Observer) -> None:
        """Tell of statements and connections from now on."""
        observe(self._engine.sync_engine, observer)
        if self._writing is not None:
            observe(self._writing, observer)

    async def ping(self) -> None:
        """Return when the database answers; raise what the driver raises otherwise."""
        async with self._engine.connect() as connection:
            await connection.exec_driver_sql("SELECT 1")

    async def revisions(self) -> tuple[str | None, str | None]:
        """The migration that the database is at, and the one that this program needs."""
        async with self._engine.connect() as connection:
            current = await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())
        return current, ScriptDirectory.from_config(_alembic()).get_current_head()

    async def time(self) -> datetime:
        """What time it is there; an SQLite file has that of its machine."""
        if self._engine.name == "sqlite":
            return utc_now()
        async with self._engine.connect() as connection:
            return cast("datetime", await connection.scalar(text("SELECT clock_timestamp()")))

    async def close(self) -> None:
        """Give back all connections."""
        if self._writer is not None:
            await self._writer.close()
        await self._engine.dispose()


def absent(url: str) -> bool:
    """Whether it is the address of an SQLite file that is not there; opening it would make it."""
    address = make_url(url)
    file = address.get_backend_name() == "sqlite" and address.database not in (None, "", ":memory:")
    return file and not Path(str(address.database)).exists()


def _sqlite(address: URL) -> AsyncEngine:
    if address.database not in (None, "", ":memory:"):
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(address, hide_parameters=True, connect_args={"async_creator_fn": sqlite.connect})
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _sqlite_writing(address: URL) -> Engine:
    """For one thread, which the connection stays in."""
    engine = create_engine(address.set(drivername="sqlite"), hide_parameters=True, pool_size=1, max_overflow=0)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _postgresql(address: URL) -> AsyncEngine:
    engine = create_async_engine(address, hide_parameters=True, **_POSTGRESQL)
    event.listen(engine.sync_engine, "checkin", _note_use)
    event.listen(engine.sync_engine, "checkout", partial(_ask_if_idle, engine.dialect))
    return engine


def _note_use(_connection: Any, record: Any) -> None:
    record.info[_USED_AT] = time.monotonic()


def _ask_if_idle(dialect: Dialect, connection: Any, record: Any, _proxy: Any) -> None:
    """A server that was restarted has closed the connections of the pool; to ask each time would cost three trips."""
    if time.monotonic() - record.info.get(_USED_AT, 0.0) < _IDLE:
        return
    try:
        dialect.do_ping(connection)
    except Exception:
        raise DisconnectionError from None


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Readers do not wait for the writer (WAL), a second writer waits, and a commit survives a crash of the process.

    A power cut cannot corrupt a database in WAL with synchronous=NORMAL; at most the last commits are lost with it.
    """
    # Left to itself the driver begins at the first change only, so that what was read before it may be out of date.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("busy_timeout=5000", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    _switch_to_wal(cursor)
    cursor.close()


def _switch_to_wal(cursor: Any) -> None:
    """Of processes that open a new file at once, SQLite lets one switch and refuses the others without waiting."""
    for pause in (*_PAUSES, None):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if pause is None:
                raise
            time.sleep(pause)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


def _upgrade(connection: Connection, pseudonyms: Pseudonyms | None) -> None:
    config = _alembic()
    config.attributes["connection"] = connection
    config.attributes["pseudonyms"] = pseudonyms
    command.upgrade(config, "head")
    if pseudonyms is not None:
        check_key(connection, pseudonyms)

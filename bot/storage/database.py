"""Opens the database and brings its tables up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from bot.storage import sqlite

Sessions = async_sessionmaker[AsyncSession]
_MIGRATIONS = Path(__file__).parent / "migrations"


_REMEDY = "check DATABASE_URL and DATA_DIR, and that the file can be written and is a database of this service"


class DatabaseUnusable(Exception):
    """The database cannot be opened or brought up to date; the message says what to check."""


class Database:
    """The engine of a process and its sessions; close it at the end."""

    def __init__(self, url: str) -> None:
        try:
            place = self._place = make_url(url).database
            options: dict[str, Any] = {}
            if url.startswith("sqlite"):
                options["connect_args"] = {"async_creator_fn": sqlite.connect}
                if place not in (None, "", ":memory:"):
                    Path(str(place)).parent.mkdir(parents=True, exist_ok=True)
            self._engine: AsyncEngine = create_async_engine(url, hide_parameters=True, **options)
        except ArgumentError:
            raise DatabaseUnusable(f"DATABASE_URL is not a database address; {_REMEDY}") from None
        except OSError as error:
            raise DatabaseUnusable(f"the database's folder cannot be made: {error.strerror}; {_REMEDY}") from None
        if self._engine.dialect.name == "sqlite":
            event.listen(self._engine.sync_engine, "connect", _prepare_sqlite)
        self.sessions: Sessions = async_sessionmaker(self._engine, expire_on_commit=False)

    async def migrate(self) -> None:
        """Run the migrations that the database does not have yet; raises DatabaseUnusable."""
        try:
            async with self._engine.begin() as connection:
                await connection.run_sync(_upgrade)
        except (SQLAlchemyError, CommandError) as error:
            raise DatabaseUnusable(f"the database {self._place} cannot be used: {error.args[0]}; {_REMEDY}") from error

    async def ping(self) -> None:
        """Return when the database answers; raise what the driver raises otherwise."""
        async with self._engine.connect() as connection:
            await connection.exec_driver_sql("SELECT 1")

    async def close(self) -> None:
        """Give back all connections."""
        await self._engine.dispose()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Readers do not wait for the writer (WAL), a second writer waits, and a commit survives a crash of the process.

    A power cut cannot corrupt a database in WAL with synchronous=NORMAL; at most the last commits are lost with it.
    """
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")

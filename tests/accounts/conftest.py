"""The services of the accounts on a real database file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.storage.database import Database

from .cast import Parts, SetClock, add_cast, parts


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'gongyou.db'}")
    await database.migrate()
    yield database
    await database.close()


@pytest.fixture
async def made(database: Database) -> Parts:
    made = parts(database.sessions, SetClock())
    await add_cast(made)
    return made

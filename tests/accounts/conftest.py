"""The services of the accounts on a real database file."""

from __future__ import annotations

import pytest

from bot.storage.database import Database

from .cast import Parts, SetClock, add_cast, parts


@pytest.fixture
async def made(database: Database) -> Parts:
    made = parts(database.sessions, SetClock())
    await add_cast(made)
    return made

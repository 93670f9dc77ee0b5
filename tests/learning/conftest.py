"""A school over a real database."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage.database import Database
from tests.accounts.cast import SetClock

from .course import School


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The tests of what differs between the engines ask for both themselves."""
    return f"sqlite+aiosqlite:///{tmp_path / 'gongyou.db'}"


@pytest.fixture
async def school(database: Database, tmp_path: Path) -> School:
    made = School(database.sessions, SetClock(), tmp_path / "models")
    await made.open()
    return made

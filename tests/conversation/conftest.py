"""One process, or two, over a real database."""

from __future__ import annotations

import pytest

from bot.storage.database import Database
from tests.fakes import SetClock

from .cast import Cast


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def cast(database: Database, clock: SetClock) -> Cast:
    return Cast(database, clock)


@pytest.fixture
def other(database: Database, clock: SetClock) -> Cast:
    """A second process over the same database."""
    return Cast(database, clock)

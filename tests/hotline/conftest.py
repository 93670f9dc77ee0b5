"""One process with a desk, or two, over a real database, and an agent."""

from __future__ import annotations

import pytest

from bot.accounts.model import User
from bot.storage.database import Database
from tests.fakes import SetClock

from .cast import Hotline, person, staff


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def here(database: Database, clock: SetClock) -> Hotline:
    return Hotline(database, clock)


@pytest.fixture
def there(database: Database, clock: SetClock) -> Hotline:
    """A second process over the same database."""
    return Hotline(database, clock)


@pytest.fixture
async def agent(database: Database) -> User:
    """Somebody who works at the desk."""
    return await staff(database)


@pytest.fixture
def colleague() -> User:
    return person(77)

"""Two processes over one database that holds the small content."""

from __future__ import annotations

import pytest

from bot.content.seed import seed
from bot.storage.database import Database
from tests.accounts.cast import SetClock
from tests.factories import knowledge

from .cast import Room, room


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def here(database: Database, clock: SetClock) -> Room:
    made = room(database.sessions, clock)
    await seed(made.store, knowledge, clock())
    await made.live.load()
    return made


@pytest.fixture
async def there(here: Room, database: Database, clock: SetClock) -> Room:
    made = room(database.sessions, clock)
    await made.live.load()
    return made

"""Two processes on one database, each with the hours as it has read them."""

from __future__ import annotations

import pytest

from bot.hours.room import HoursRoom
from bot.rooms import hours
from bot.storage.database import Database
from tests.fakes import SetClock


@pytest.fixture
def here(database: Database) -> HoursRoom:
    return hours.services(database.sessions, SetClock())


@pytest.fixture
def there(database: Database) -> HoursRoom:
    return hours.services(database.sessions, SetClock())

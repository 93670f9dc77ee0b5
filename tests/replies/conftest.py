"""The canned replies over the small content, with content and clock that a test can change."""

from __future__ import annotations

import pytest

from bot.accounts.model import Role, User
from bot.storage.database import Database
from tests.accounts.cast import SetClock
from tests.fakes import NOON

from .cast import Content, Process, process


def person(number: int, *roles: Role) -> User:
    name = f"p{number}"
    return User(number, name, f"{name} 同志", frozenset(roles), False, False, False, NOON, None)


@pytest.fixture
def agent() -> User:
    return person(1, Role.AGENT)


@pytest.fixture
def colleague() -> User:
    return person(2, Role.AGENT)


@pytest.fixture
def reviewer() -> User:
    return person(3, Role.REVIEWER)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def content() -> Content:
    return Content()


@pytest.fixture
def here(database: Database, content: Content, clock: SetClock) -> Process:
    return process(database.sessions, content, clock)


@pytest.fixture
def there(database: Database, content: Content, clock: SetClock) -> Process:
    """Another process on the same database."""
    return process(database.sessions, content, clock)

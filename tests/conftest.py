"""What all tests share."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import threading
import warnings
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

import pytest
import structlog
from playwright.async_api import Browser, async_playwright

with warnings.catch_warnings():
    # They warn at import and at first use of what only their own next release could change.
    warnings.simplefilter("ignore")
    import jieba  # noqa: F401
    import zhconv

    zhconv.convert("工", "zh-cn")

from bot import services
from bot.storage.database import Database
from bot.storage.privacy import PrivacyRepository
from policies_kb import loader
from policies_kb.model import KnowledgeBase
from tests.servers import postgresql
from tests.servers.postgresql import PostgreSQL

CHROMIUM = shutil.which("chromium")
CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Debian's chromium; where it is missing the test is skipped, or fails in CI."""
    if CHROMIUM is None:
        missing = "chromium is not installed; apt-get install chromium"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def shipped() -> KnowledgeBase:
    """The content that ships with the project, read once."""
    return loader.load()


@pytest.fixture
def shipped_at_once(shipped: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each start of the services take the content that was read already: reading takes most of a second."""
    monkeypatch.setattr(loader, "load", lambda: shipped)


@pytest.fixture(autouse=True)
def told_of_privacy(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers know the privacy notice already, so that first replies are as they are; not so with the marker notice."""

    class Told(PrivacyRepository):
        async def first(self, conversation: str, now: datetime) -> bool:
            return False

    if request.node.get_closest_marker("notice") is None:
        monkeypatch.setattr(services, "PrivacyRepository", Told)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQL]:
    """A real PostgreSQL; where it is not installed the test is skipped, or fails in CI."""
    if reason := postgresql.missing():
        if os.environ.get("CI"):
            pytest.fail(f"{reason}; CI must test on PostgreSQL")
        pytest.skip(reason)
    with postgresql.running() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database of the test's own, on either engine."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'below' / 'gongyou.db'}"
    server: PostgreSQL = request.getfixturevalue("postgresql_server")
    return server.new_database()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The database with all its tables."""
    database = Database(database_url)
    await database.migrate()
    yield database
    await database.close()


@pytest.fixture(scope="session")
def matplotlib_at_once() -> None:
    """Import what draws the plots; it warns at import of what only its own next release could change."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import matplotlib.pyplot  # noqa: F401, ICN001


@pytest.fixture
async def no_connection_left() -> AsyncIterator[None]:
    """Every connection that the test opens, also one that fails, ends its thread before the loop is closed."""
    before = set(threading.enumerate())
    yield
    opened = [one for one in threading.enumerate() if "_connection_worker" in one.name and one not in before]
    for thread in opened:
        await asyncio.to_thread(thread.join, 10)
        assert not thread.is_alive(), "a connection was left open"


@pytest.fixture
def own_logging() -> Iterator[None]:
    """Undo what `bot.log.configure` and the commands that call it do to the whole process."""
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in logging.Logger.manager.loggerDict)]
    levels = {logger: logger.level for logger in loggers}
    handlers, environment = logging.getLogger().handlers[:], dict(os.environ)
    yield
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    logging.getLogger().handlers[:] = handlers
    for name in list(logging.Logger.manager.loggerDict):
        logging.getLogger(name).setLevel(levels.get(logging.getLogger(name), logging.NOTSET))
    logging.getLogger().setLevel(levels[logging.getLogger()])
    os.environ.clear()
    os.environ.update(environment)

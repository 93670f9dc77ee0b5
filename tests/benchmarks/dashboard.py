"""How long the pages on what workers need take with 100,000 stored conversations, and how long their reports."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot import consoles
from bot.insight.service import Insight
from bot.rooms import insight as rooms
from bot.settings import DEMONSTRATION_TOKEN
from bot.storage.database import Database
from policies_kb import loader
from tests.accounts.cast import CHEAP, SetClock, add_cast, parts
from tests.benchmarks.tables import Table
from tests.console.people import Person
from tests.factories import settings_in
from tests.insight.crowd import row, store

CONVERSATIONS, ROUNDS, _AT_ONCE = 100_000, 30, 1000
_PAGES = {
    "7 days": "/admin/insight?days=7",
    "30 days": "/admin/insight?days=30",
    "90 days, all topics": "/admin/insight?days=90&all=topic",
    "one group": "/admin/insight/group?days=90&part=kind&name=answered",
    "workbook of 90 days": "/admin/insight/export?days=90",
}
_INTENTS = ("ask",) * 7 + ("clarify", "oos", "handoff")


def table(folder: Path, url: str = "") -> Table:
    """Milliseconds of whole answers, as a browser gets them."""
    title = f"What workers need, with {CONVERSATIONS} conversations ({'PostgreSQL' if url else 'SQLite'}, {ROUNDS} requests)"
    return Table(title, ["page", "p50 ms", "p95 ms"], asyncio.run(_measured(folder, url)))


async def _measured(folder: Path, url: str) -> list[list[str]]:
    settings = settings_in(
        folder / "insight", WECHAT_TOKEN=DEMONSTRATION_TOKEN, **({"DATABASE_URL": url} if url else {})
    )
    database, clock, content = Database(settings.database_url), SetClock(), loader.load()
    await database.migrate()
    made = parts(database.sessions, clock)
    await add_cast(made)
    await _fill(database, clock(), sorted(content.topics))
    insight = rooms.services(database.sessions, lambda: content, clock)
    rows = [["making the reports, once an hour", f"{await _made(insight):.0f}", ""]]
    app = web.Application()
    services = consoles.services(settings, database.sessions, clock, CHEAP)
    consoles.install(app, settings, services, [rooms.room(insight)])
    async with TestServer(app) as server:
        person = Person(server)
        await person.sign_in("editor")
        rows += [[name, *await _timed(person, path)] for name, path in _PAGES.items()]
        await person.leave()
    await database.close()
    return rows


async def _fill(database: Database, now: datetime, topics: list[str]) -> None:
    chance = Random(1)
    for first in range(0, CONVERSATIONS, _AT_ONCE):
        messages = []
        for number in range(first, first + _AT_ONCE):
            intent, at = chance.choice(_INTENTS), now - timedelta(seconds=chance.randrange(3600, 89 * 86400))
            label = topics[int(len(topics) * chance.random() ** 2)] if intent == "ask" else "unknown"
            messages.append(row(number, at, key=str(number), intent=intent, label=label, reply=b"x" * 900))
        await store(database, messages)


async def _made(insight: Insight) -> float:
    started = perf_counter()
    await insight.tend()
    return 1000 * (perf_counter() - started)


async def _timed(person: Person, path: str) -> list[str]:
    taken = []
    for _ in range(ROUNDS):
        started = perf_counter()
        response = await person.get(path)
        taken.append(1000 * (perf_counter() - started))
        assert response.status == 200, path
    return [f"{figure:.0f}" for figure in (median(taken), quantiles(taken, n=20)[-1])]

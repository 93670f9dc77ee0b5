"""How long the consoles' lists and searches take with 2,000 topics, 300 of them with a draft: over HTTP, SQLite."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, process_time

import msgspec
from aiohttp import web
from aiohttp.test_utils import BaseTestServer, TestServer

from bot import consoles
from bot.accounts.audit import Actor
from bot.assistant.port import Understanding
from bot.content.live import LiveKnowledge
from bot.content.seed import seed
from bot.rooms import content
from bot.settings import DEMONSTRATION_TOKEN
from bot.storage.content import ContentRepository
from bot.storage.database import Database
from policies_kb import loader
from policies_kb.model import KnowledgeBase
from policies_kb.parts import topic_part
from tests.accounts.cast import CHEAP, SetClock, add_cast, parts
from tests.benchmarks.tables import Table
from tests.console.people import Person
from tests.factories import settings_in

TOPICS, DRAFTS, ROUNDS = 2000, 300, 30
PATHS = {
    "topics, first page": "/admin/content",
    "topics, page 30": "/admin/content?page=30",
    "search: 技师": "/admin/content?text=技师",
    "search: 3000": "/admin/content?text=3000",
    "search: nothing found": "/admin/content?text=没有这样的词",
    "by item": "/admin/content?item=第12条",
    "what is due": "/admin/content?due=any",
    "drafts": "/admin/content?state=draft",
    "questions": "/admin/content/questions",
    "questions, search": "/admin/content/questions?text=技师",
    "documents": "/admin/content/documents",
    "one document": "/admin/content/documents/heilongjiang-2017",
    "replies": "/admin/content/shared/replies",
}


def many() -> KnowledgeBase:
    """The shipped content with its topics again and again under other names."""
    shipped = loader.load()
    topics = {}
    for number in range(TOPICS // len(shipped.topics) + 1):
        for topic in shipped.topics.values():
            key = f"{topic.id}_{number}"[-64:]
            changed = {"id": key, "title": f"{topic.title[:16]}{number}", "question": f"{topic.question}{number}"}
            topics[key] = msgspec.structs.replace(topic, **changed, related=(), successor="")
    kept = dict(islice(topics.items(), TOPICS - len(shipped.topics)))
    return msgspec.structs.replace(shipped, topics={**shipped.topics, **kept})


def table(folder: Path) -> Table:
    """Milliseconds of whole answers, as a browser gets them; its work is in the last column, which no other process disturbs."""
    rows = asyncio.run(_measured(folder))
    return Table(
        f"Consoles with {TOPICS} topics (of {ROUNDS} requests)",
        ["page", "p50 ms", "p95 ms", "CPU ms with its browser"],
        rows,
    )


async def _measured(folder: Path) -> list[list[str]]:
    rows = []
    async with _server(folder) as server:
        person = Person(server)
        await person.sign_in("editor")
        for name, path in PATHS.items():
            taken, worked = [], []
            for _ in range(ROUNDS):
                started, before = perf_counter(), process_time()
                response = await person.get(path)
                taken.append(1000 * (perf_counter() - started))
                worked.append(1000 * (process_time() - before))
                assert response.status == 200, path
            rows.append(
                [name, *(f"{figure:.0f}" for figure in (median(taken), quantiles(taken, n=20)[-1], median(worked)))]
            )
        await person.leave()
    return rows


@asynccontextmanager
async def _server(folder: Path) -> AsyncIterator[BaseTestServer]:
    settings, clock = settings_in(folder / "lists", WECHAT_TOKEN=DEMONSTRATION_TOKEN), SetClock()
    database = Database(settings.database_url)
    await database.migrate()
    made, store = parts(database.sessions, clock), ContentRepository(database.sessions)
    await add_cast(made)
    await seed(store, many, clock())
    live = LiveKnowledge(store, clock)
    await live.load()
    contents = content.services(database.sessions, live, clock, _understands)
    for key in islice(live().topics, DRAFTS):
        changed = msgspec.structs.replace(live().topics[key], owner="新的小组")
        await contents.room.drafts.save(Actor(2, "editor"), topic_part(key), 1, changed, "")
    app = web.Application()
    consoles.install(
        app, settings, consoles.services(settings, database.sessions, clock, CHEAP), [content.room(contents)]
    )
    async with TestServer(app) as server:
        yield server
    await database.close()


async def _understands(text: str) -> Understanding | None:
    return None

"""How long the search among a thousand canned replies takes: in the service, and as an agent's browser asks for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import structlog
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot import consoles
from bot.accounts.model import User
from bot.content.live import LiveKnowledge
from bot.content.seed import seed
from bot.replies.index import Wanted
from bot.replies.model import Draft
from bot.replies.room import RepliesRoom
from bot.rooms import replies
from bot.settings import DEMONSTRATION_TOKEN
from bot.storage.content import ContentRepository
from bot.storage.database import Database
from policies_kb import loader
from policies_kb.model import KnowledgeBase
from tests.accounts.cast import CHEAP, Parts, SetClock, add_cast, parts
from tests.benchmarks.tables import Table
from tests.console.people import Person
from tests.factories import settings_in

_REPLIES, _ROUNDS = 1000, 20
_QUERIES = ("j", "jn", "jntsbt", "jinengtishengbutie", "技能", "技能ts", "补贴 申请", "申请", "zzzz", "")
_HEAD = ["measured", "p50, ms", "p99, ms", "p99 of processor time, ms"]


def table() -> Table:
    """Milliseconds of a search, over queries as they grow while somebody types."""
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    with TemporaryDirectory(prefix="gongyou-bench-") as folder:
        rows = asyncio.run(_measured(Path(folder)))
    structlog.reset_defaults()
    return Table(f"Canned replies: {_REPLIES} own and all topics", _HEAD, rows)


async def _measured(folder: Path) -> list[list[str]]:
    database = Database(f"sqlite+aiosqlite:///{folder / 'gongyou.db'}")
    await database.migrate()
    made = parts(database.sessions, SetClock())
    await add_cast(made)
    contents = ContentRepository(database.sessions)
    await seed(contents, loader.load, made.clock())
    live = LiveKnowledge(contents, made.clock)
    await live.load()
    room = replies.services(database.sessions, live, made.clock)
    admin = await made.users.named("admin")
    await room.keeping.import_all(
        admin, [room.keeping.new(admin, draft, "import", shared=True) for draft in _drafts(live())]
    )
    first = await _once(room, admin)
    await room.keeping.add(admin, Draft("", "", "一条新的", "x"), shared=True)
    second = await _once(room, admin)
    inside = await _timed(lambda query: room.desk.search(admin, Wanted(query)))
    outside = await _over_http(folder, database, made, room)
    await database.close()
    begun = [["first search of a process", first, "", ""], ["first search after a change", second, "", ""]]
    return [*begun, ["search", *inside], ["GET /desk/replies/search", *outside]]


async def _once(room: RepliesRoom, user: User) -> str:
    started = perf_counter()
    await room.desk.search(user, Wanted())
    return f"{(perf_counter() - started) * 1000:.0f}"


async def _over_http(folder: Path, database: Database, made: Parts, room: RepliesRoom) -> list[str]:
    settings = settings_in(folder / "data", WECHAT_TOKEN=DEMONSTRATION_TOKEN)
    app = web.Application()
    services = consoles.services(settings, database.sessions, made.clock, CHEAP)
    consoles.install(app, settings, services, [replies.room(room)])
    async with TestServer(app) as server:
        person = Person(server)
        await person.sign_in("admin")
        found = await _timed(lambda query: person.get(f"/desk/replies/search?q={query}"))
        await person.leave()
    return found


async def _timed(ask: Callable[[str], Awaitable[object]]) -> list[str]:
    took, worked = [], []
    for query in _QUERIES * _ROUNDS:
        started, begun = perf_counter(), process_time()
        await ask(query)
        took.append((perf_counter() - started) * 1000)
        worked.append((process_time() - begun) * 1000)
    return [
        f"{sorted(times)[len(times) * share // 100]:.1f}" for times, share in ((took, 50), (took, 99), (worked, 99))
    ]


def _drafts(knowledge: KnowledgeBase) -> list[Draft]:
    """Replies as a team might write them, about the topics, each bound to one."""
    topics = list(knowledge.topics.values())
    made = []
    for number in range(_REPLIES):
        topic = topics[number % len(topics)]
        title = f"{topic.title[:30]}说法{number}"
        text = f"{topic.question}{topic.audience}可以申请，共{{请填写:金额}}元，请打{{热线号码}}。" * 3
        made.append(Draft(topic.owner, f"r{number}", title, text[:600], topic.id))
    return made


if __name__ == "__main__":
    print(table().markdown())  # noqa: T201

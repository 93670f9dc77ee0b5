"""How long until an event reaches a desk: 200 open conversations and 20 agents at two processes over one database."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import aiohttp
from yarl import URL

from bot.accounts.audit import COMMAND_LINE
from bot.accounts.model import Role
from bot.settings import DEMONSTRATION_TOKEN
from bot.storage.database import Database
from tests.accounts.cast import PASSWORD, SetClock, parts
from tests.benchmarks.tables import Table
from tests.servers import postgresql
from tests.servers.process import started

CONVERSATIONS, AGENTS, MESSAGES, A_SECOND = 200, 20, 300, 10
_MARK = re.compile(rb"\xe9\x97\xae(\d+)\xe5\x8f\xb7")
"""问17号: what tells a message from the others, wherever it stands."""
_HEAD = ["database", "events", "p50, ms", "p99, ms", "longest, ms"]


def table() -> Table:
    """Milliseconds from a worker's sending a message until the row with it has come to an agent's browser."""
    rows = [_row("SQLite", "")]
    if postgresql.missing() is None:
        with postgresql.running() as server:
            rows.append(_row("PostgreSQL", server.new_database()))
    return Table(f"Desk: {CONVERSATIONS} conversations, {AGENTS} agents, 2 processes", _HEAD, rows)


def _row(name: str, url: str) -> list[str]:
    with _processes(url) as (url, addresses):
        waits = sorted(asyncio.run(_measured(url, addresses)))
    figures = (median(waits), waits[len(waits) * 99 // 100], waits[-1])
    return [name, str(len(waits)), *(f"{1000 * seconds:.0f}" for seconds in figures)]


@contextmanager
def _processes(url: str) -> Iterator[tuple[str, list[str]]]:
    with TemporaryDirectory(prefix="gongyou-bench-") as folder, ExitStack() as stack:
        url = url or f"sqlite+aiosqlite:///{Path(folder) / 'gongyou.db'}"
        variables = {"DATABASE_URL": url, "WECHAT_TOKEN": DEMONSTRATION_TOKEN}
        both = [stack.enter_context(started(Path(folder), variables)) for _ in range(2)]
        yield url, [process.ready() for process in both]


async def _measured(url: str, addresses: list[str]) -> list[float]:
    await _people(url)
    sent: dict[int, float] = {}
    waits: list[float] = []
    async with AsyncExitStack() as stack:
        worker = await stack.enter_async_context(aiohttp.ClientSession())
        for number in range(CONVERSATIONS):
            await _say(worker, addresses[number % 2], number, "人工")
        desks = [await _desk(stack, addresses[number % 2], f"agent{number}", sent, waits) for number in range(AGENTS)]
        await asyncio.sleep(2)
        sending = []
        for number in range(MESSAGES):
            sent[number] = perf_counter()
            address = addresses[number // 2 % 2]
            sending.append(asyncio.create_task(_say(worker, address, number % CONVERSATIONS, f"问{number}号")))
            await asyncio.sleep(1 / A_SECOND)
        await asyncio.gather(*sending)
        await asyncio.sleep(3)
        for desk in desks:
            desk.cancel()
    if len(waits) != MESSAGES * AGENTS:
        print(f"{MESSAGES * AGENTS - len(waits)} events did not come", file=sys.stderr)  # noqa: T201 - A command.
    return waits


async def _people(url: str) -> None:
    database = Database(url)
    made = parts(database.sessions, SetClock())
    for number in range(AGENTS):
        name = f"agent{number}"
        await made.users.add(COMMAND_LINE, name, name, frozenset({Role.AGENT}), PASSWORD, temporary=False)
    await database.close()


async def _say(worker: aiohttp.ClientSession, address: str, number: int, text: str) -> None:
    asked = {"session": f"session-{number:08}", "text": text}
    async with worker.post(f"{address}/api/chat", json=asked) as response:
        assert response.status == 200, await response.text()


async def _desk(
    stack: AsyncExitStack, address: str, name: str, sent: dict[int, float], waits: list[float]
) -> asyncio.Task[None]:
    """An agent who has signed in and listens; notes how long each message took."""
    jar = aiohttp.CookieJar(unsafe=True)
    timeout = aiohttp.ClientTimeout(total=None)
    http = await stack.enter_async_context(aiohttp.ClientSession(address, cookie_jar=jar, timeout=timeout))
    page = await (await http.get("/admin/login")).text()
    token = re.search(r'<meta name="csrf" content="(\w+)">', page)
    assert token
    form = {"name": name, "password": PASSWORD, "csrf": token[1]}
    async with http.post("/admin/login", data=form, allow_redirects=False) as response:
        assert response.status == 303
    assert jar.filter_cookies(URL(address))

    async def listen() -> None:
        async with http.get("/desk/live") as stream:
            assert stream.status == 200
            async for line in stream.content:
                now, found = perf_counter(), _MARK.search(line)
                if found and int(found[1]) in sent:
                    waits.append(now - sent[int(found[1])])

    return asyncio.create_task(listen())


if __name__ == "__main__":
    import rich

    rich.print(table().rich())

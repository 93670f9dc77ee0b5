"""The topology of deploy/ on this machine: nginx with its own file, two processes, one PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import aiohttp
import pytest

from tests.servers import nginx, records
from tests.servers.account import Account, numbers_in
from tests.servers.postgresql import PostgreSQL
from tests.servers.process import AppProcess, started

pytestmark = [pytest.mark.topology, pytest.mark.usefixtures("nginx_installed")]
WORKERS, EACH = 25, 20


class Topology:
    """The address in front, the processes behind it, and their database."""

    def __init__(self, front: str, processes: list[AppProcess], database_url: str) -> None:
        self.front = front
        self.processes = processes
        self.database_url = database_url


@contextmanager
def running(folder: Path, server: PostgreSQL) -> Iterator[Topology]:
    url = server.new_database()
    with ExitStack() as stack:
        processes = [
            stack.enter_context(started(folder / name, {"DATABASE_URL": url, "PROXIES": "1"})) for name in ("1", "2")
        ]
        behind = [process.ready().removeprefix("http://") for process in processes]
        front = stack.enter_context(nginx.running(behind))
        yield Topology(front, processes, url)


@pytest.fixture(scope="module")
def topology(tmp_path_factory: pytest.TempPathFactory, postgresql_server: PostgreSQL) -> Iterator[Topology]:
    with running(tmp_path_factory.mktemp("topology"), postgresql_server) as topology:
        yield topology


async def test_nothing_is_lost_or_said_twice_when_a_process_is_killed(
    tmp_path: Path, postgresql_server: PostgreSQL
) -> None:
    with running(tmp_path, postgresql_server) as topology:
        async with Account([topology.front], at_once=2) as account:
            account.happens[WORKERS * EACH // 2] = topology.processes[0].kill
            await asyncio.gather(*(account.chat(f"worker{number}", EACH) for number in range(WORKERS)))
            shown = account.shown
        found = await records.read(topology.database_url)

    assert shown.silent == []
    assert (found.messages, found.open) == (WORKERS * EACH, 0)
    for number in range(WORKERS):
        # An answer that the killed process held is parked where its delivery is over by then: the next message gives it.
        owed = numbers_in(found.owed.get(f"worker{number}", ()))
        assert [*shown.numbers(f"worker{number}"), *owed] == list(range(1, EACH + 1))


@pytest.mark.parametrize("path", ["/metrics", "/readyz", "/metrics/", "//readyz", "/%6detrics"])
async def test_inside_is_not_told_outside(topology: Topology, path: str) -> None:
    async with aiohttp.ClientSession() as http, http.get(topology.front + path) as response:
        assert response.status == 404


async def test_outside_is_served(topology: Topology) -> None:
    async with aiohttp.ClientSession() as http:
        statuses = {path: (await http.get(topology.front + path)).status for path in ("/", "/healthz", "/eligibility")}
        large = await http.post(f"{topology.front}/wechat", data=bytes(200_000))

    assert set(statuses.values()) == {200}
    assert large.status == 413


async def test_chat_is_limited_for_an_address(topology: Topology) -> None:
    async with aiohttp.ClientSession() as http:

        async def ask(number: int) -> int:
            body = {"session": f"session-{number}", "text": "年金"}
            async with http.post(f"{topology.front}/api/chat", json=body) as response:
                return response.status

        statuses = await asyncio.gather(*map(ask, range(60)))

    assert set(statuses) == {200, 429}

"""One process or two, WeChat in front of them with its API beside it, and the count at the end."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from aiohttp.test_utils import TestServer

from bot.assistant.training import ROOT
from policies_kb import loader
from tests.servers import records
from tests.servers.account import Account, numbers_in
from tests.servers.process import AppProcess, started
from tests.servers.records import Records
from tests.wechat.fake_api import FakeAPI

WORKERS, EACH = 25, 20
MESSAGES = WORKERS * EACH
_BETWEEN = 0.03
"""Seconds between two workers; far below what a process bears on a busy machine."""
_LOOKS, _BETWEEN_LOOKS = 100, 0.3


@dataclass
class Scene:
    """What a test starts and looks at; `ledger` notes each run of the assistant's action."""

    folder: Path
    variables: dict[str, str]
    stack: ExitStack
    account: Account
    api: FakeAPI
    processes: list[AppProcess] = field(default_factory=list)

    @property
    def ledger(self) -> Path:
        """The file to which each run of the action adds a line."""
        return self.folder / "ledger"

    def start(self, *options: str, port: int = 0) -> AppProcess:
        """Begin to start one more process."""
        variables = {**self.variables, "PORT": str(port)}
        process = started(self.folder / "data", variables, "--ledger", str(self.ledger), *options)
        self.processes.append(self.stack.enter_context(process))
        return self.processes[-1]

    def serve(self) -> None:
        """Let the account deliver to all processes, when they are ready."""
        self.account.addresses = [process.ready() for process in self.processes]

    async def chat(self) -> None:
        """500 messages: 25 workers at once, each with one message after the other."""
        await asyncio.gather(*(self.account.chat(worker, EACH) for worker in workers()))

    async def each_says(self, text: str, number: int) -> None:
        """One message of each of so many workers, who come one after the other and do not wait for each other."""

        async def one(place: int, worker: str) -> None:
            await asyncio.sleep(place * _BETWEEN)
            await self.account.says(worker, text)

        await asyncio.gather(*(one(place, worker) for place, worker in enumerate(workers(number))))

    async def stopped(self) -> Records:
        """When all is answered, end the processes that still run, as an operator does; then what is recorded."""
        for _ in range(_LOOKS):
            if not (await records.read(self.variables["DATABASE_URL"])).open:
                break
            await asyncio.sleep(_BETWEEN_LOOKS)
        await asyncio.gather(*(asyncio.to_thread(process.stop) for process in self.processes if process.alive))
        return await records.read(self.variables["DATABASE_URL"])

    async def tried(self, number: int) -> None:
        """Wait until the API was asked so many times."""
        while len(self.api.sent) < number:
            self.api.reached.clear()
            await asyncio.wait_for(self.api.reached.wait(), 60)

    def runs(self) -> Counter[str]:
        """How often the action ran for each message."""
        return Counter(self.ledger.read_text().splitlines())

    def seen(self, worker: str) -> Counter[int]:
        """How often a worker was shown each number, in replies and in messages of the account."""
        return Counter(numbers_in([*self.account.shown.texts[worker], *self.api.delivered[worker]]))


def workers(number: int = WORKERS) -> Iterator[str]:
    """The openids."""
    return (f"worker{each}" for each in range(number))


def owed(found: Records, worker: str) -> Counter[int]:
    """What still stands in the outbox for a worker."""
    return Counter(numbers_in(found.owed.get(worker, ())))


@lru_cache
def word(name: str) -> str:
    """The text of a canned reply, up to its first figure that is filled in."""
    return loader.load(ROOT / "policies_kb" / "content").replies[name].text.partition("{")[0]


@asynccontextmanager
async def scene(folder: Path, database_url: str, *, verified: bool = False, **variables: str) -> AsyncIterator[Scene]:
    """A stage without processes; they are killed at the end."""
    api = FakeAPI()
    with ExitStack() as stack:
        async with TestServer(api.app()) as server, Account([]) as account:
            settings = {"DATABASE_URL": database_url, "WECHAT_APP_ID": "wx1", **variables}
            if verified:
                base = str(server.make_url("/"))
                settings |= {"WECHAT_ACCOUNT": "verified", "WECHAT_APP_SECRET": "secret", "WECHAT_API_BASE": base}
            yield Scene(folder, settings, stack, account, api)
            api.open.set()

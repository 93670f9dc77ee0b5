"""What the service depends on goes away in the middle of 500 messages and comes back."""

from __future__ import annotations

import os
import resource
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.scene import MESSAGES, WORKERS, Scene, owed, scene, word, workers
from tests.servers.postgresql import PostgreSQL
from tests.servers.process import AppProcess
from tests.servers.records import Records
from tests.servers.redis import RedisServer, missing

pytestmark = pytest.mark.faults
GONE, BACK = MESSAGES // 3, 2 * MESSAGES // 3


async def test_postgresql_restarts(tmp_path: Path, postgresql_server: PostgreSQL) -> None:
    async with scene(tmp_path, postgresql_server.new_database()) as here:
        for _ in range(2):
            here.start()
        here.serve()
        here.account.happens = {GONE: postgresql_server.stop, BACK: postgresql_server.start}
        await here.chat()
        found = await here.stopped()

    assert_answered_or_told(here, found)


async def test_disk_is_full_for_sqlite(tmp_path: Path) -> None:
    async with scene(tmp_path, f"sqlite+aiosqlite:///{tmp_path / 'gongyou.db'}") as here:
        process = here.start()
        here.serve()
        here.account.happens = {GONE: lambda: limit_files(process, 1), BACK: lambda: limit_files(process, None)}
        await here.chat()
        found = await here.stopped()

    assert_answered_or_told(here, found)


async def test_redis_restarts_and_goes(tmp_path: Path, postgresql_server: PostgreSQL, redis: RedisServer) -> None:
    async with scene(tmp_path, postgresql_server.new_database(), REDIS_URL=redis.url) as here:
        for _ in range(2):
            here.start()
        here.serve()
        here.account.happens = {GONE: redis.stop, BACK: redis.start, (BACK + MESSAGES) // 2: redis.stop}
        await here.chat()
        found = await here.stopped()

    assert_each_once(here, found)


@pytest.mark.parametrize("verified", [False, True])
async def test_action_hangs_for_twelve_seconds(verified: bool, tmp_path: Path, postgresql_server: PostgreSQL) -> None:
    async with scene(tmp_path, postgresql_server.new_database(), verified=verified) as here:
        for _ in range(2):
            here.start("--slowness", "12")
        here.serve()
        await here.each_says("年金", MESSAGES)
        found = await here.stopped()

    assert_each_once(here, found, MESSAGES)


def assert_each_once(scene: Scene, found: Records, people: int = WORKERS) -> None:
    """All were recorded, the action ran once for each, and each answer was shown or is owed once."""
    each = MESSAGES // people
    assert (found.messages, found.open, scene.account.shown.silent) == (MESSAGES, 0, [])
    assert Counter(scene.runs().values()) == {1: MESSAGES}
    for worker in workers(people):
        assert scene.seen(worker) + owed(found, worker) == Counter(range(1, each + 1))


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    if (reason := missing()) is not None:
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    server = RedisServer(tmp_path)
    server.start()
    yield server
    server.stop()


def limit_files(process: AppProcess, most: int | None) -> None:
    """Let no file of a process grow beyond `most` bytes, as if the disk were full; None: let them."""
    _, hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (hard if most is None else most, hard))


def assert_answered_or_told(scene: Scene, found: Records) -> None:
    """Each message was recorded and had its one answer, or the worker was told of the trouble; nobody met silence."""
    shown = scene.account.shown
    told = sum(text.startswith(word("trouble")) for texts in shown.texts.values() for text in texts)
    assert (shown.silent, found.open) == ([], 0)
    for worker in workers():
        assert scene.seen(worker) + owed(found, worker) == Counter(range(1, found.counted[worker] + 1))
    assert sum(found.counted.values()) == found.messages
    assert 0 < told < MESSAGES // 2
    assert MESSAGES - told <= found.messages <= MESSAGES
    assert set(scene.runs().values()) == {1}

"""What the service depends on goes away in the middle of 500 messages and comes back."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from tests.faults.scene import MESSAGES, Scene, owed, scene, word, workers
from tests.servers.postgresql import PostgreSQL
from tests.servers.process import AppProcess
from tests.servers.records import Records

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


def limit_files(process: AppProcess, most: int | None) -> None:
    """Let no file of a process grow beyond `most` bytes, as if the disk were full; None: let them."""
    _, hard = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (hard if most is None else most, hard))


def assert_answered_or_told(scene: Scene, found: Records) -> None:
    """Each message was recorded and had its one answer, or the worker was told of the trouble; nobody met silence."""
    shown = scene.account.shown
    told = sum(text.startswith(word("trouble")) for texts in shown.texts.values() for text in texts)
    assert (shown.silent, found.open) == ([], 0)
    twice = 0
    for worker in workers():
        seen = scene.seen(worker) + owed(found, worker)
        assert set(seen) == set(range(1, found.counted[worker] + 1))
        twice += seen.total() - len(seen)
    # A repeat that comes while a reply that nobody waited for is being parked is given it, and so it comes twice.
    assert twice <= MESSAGES // 100
    assert sum(found.counted.values()) == found.messages
    assert 0 < told < MESSAGES // 2
    assert MESSAGES - told <= found.messages <= MESSAGES
    assert max(scene.runs().values()) <= 2

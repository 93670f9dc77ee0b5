"""A process is killed -9 at each step between receipt and reply; another one, or its next start, goes on."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from aiohttp.test_utils import unused_port

from tests.faults.scene import EACH, MESSAGES, WORKERS, Scene, owed, scene, workers
from tests.servers.postgresql import PostgreSQL
from tests.servers.records import Records

pytestmark = pytest.mark.faults
PASSIVE = ["before_receipt", "received", "asked", "answered", "before_record", "recorded"]
PASSES = 100
"""How often the step is passed before, which is in the middle of the messages of two processes."""


def assert_all_answered_once(scene: Scene, found: Records) -> None:
    """Each worker saw each answer once, or it is parked for him; only actions that were cut off ran again.

    The one kill cuts off at most one message of each worker, between its question and its record.
    """
    assert (found.messages, found.open, scene.account.shown.silent) == (MESSAGES, 0, [])
    assert set(found.counted.values()) == {EACH}
    for worker in workers():
        assert scene.seen(worker) + owed(found, worker) == Counter(range(1, EACH + 1))
    runs = scene.runs()
    assert len(runs) == MESSAGES
    assert max(runs.values()) <= 2
    assert runs.total() <= MESSAGES + WORKERS


@pytest.mark.parametrize("step", PASSIVE)
async def test_the_other_process_goes_on(step: str, tmp_path: Path, postgresql_server: PostgreSQL) -> None:
    async with scene(tmp_path, postgresql_server.new_database()) as here:
        doomed = here.start("--dies-at", step, "--dies-after", str(PASSES))
        here.start()
        here.serve()
        await here.chat()
        killed = doomed.died()
        found = await here.stopped()

    assert killed
    assert_all_answered_once(here, found)


@pytest.mark.parametrize("step", ["received", "answered", "recorded"])
async def test_the_next_start_goes_on_with_sqlite(step: str, tmp_path: Path) -> None:
    async with scene(tmp_path, f"sqlite+aiosqlite:///{tmp_path / 'gongyou.db'}") as here:
        port = unused_port()
        doomed = here.start("--dies-at", step, "--dies-after", str(PASSES), port=port)
        here.serve()

        def restart() -> None:
            assert doomed.died()
            here.start(port=port).ready()

        here.account.when_refused = restart
        await here.chat()
        found = await here.stopped()

    assert_all_answered_once(here, found)

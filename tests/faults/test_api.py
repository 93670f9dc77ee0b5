"""WeChat's API refuses for ever: what it did not take is given with the worker's next reply."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.scene import owed, scene, workers
from tests.servers.postgresql import PostgreSQL

pytestmark = pytest.mark.faults
WORKERS = 100
"""Each asks something whose answer is late, and then something else: 200 messages, since each call takes its time."""
MESSAGES = 2 * WORKERS
FOR_EVER = 10 * MESSAGES


@pytest.mark.parametrize("code", [45015, 45047])
async def test_refused_messages_are_given_next_time(code: int, tmp_path: Path, postgresql_server: PostgreSQL) -> None:
    url = postgresql_server.new_database()
    async with scene(tmp_path, url, verified=True, WECHAT_REPLY_SECONDS="0.5") as here:
        here.api.send_errors = [code] * FOR_EVER
        here.start("--slowness", "1")
        here.serve()
        await here.each_says("年金", WORKERS)
        await here.tried(1)
        await here.each_says("快说", WORKERS)
        found = await here.stopped()

    assert (found.messages, found.open, here.account.shown.silent) == (MESSAGES, 0, [])
    assert here.api.delivered == {}
    for worker in workers(WORKERS):
        assert here.seen(worker) + owed(found, worker) == {1: 1, 2: 1}
    assert "failed" not in found.letters

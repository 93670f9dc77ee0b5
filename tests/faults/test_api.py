"""WeChat's API refuses, hangs, or loses its caller: what it did not take is given with the worker's next reply."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.wechat.outbox import AT_ONCE
from tests.faults.scene import Scene, owed, scene, workers
from tests.servers.postgresql import PostgreSQL
from tests.servers.records import Records

pytestmark = pytest.mark.faults
WORKERS = 250
"""Each asks something whose answer is late, and then something else: 500 messages."""
MESSAGES = 2 * WORKERS
FOR_EVER = 100 * MESSAGES
ONCE = Counter({1: 1, 2: 1})
LATE = {"WECHAT_REPLY_SECONDS": "0.5"}
SLOW = ("--slowness", "1")
SENDS = 60
"""How many messages a process sends before it is killed."""


async def asked_twice(here: Scene) -> Records:
    """All workers ask; the API is called; all ask again; what is recorded at the end."""
    here.serve()
    await here.each_says("年金", WORKERS)
    await here.tried(1)
    await here.each_says("快说", WORKERS)
    return await here.stopped()


def assert_recorded_once(here: Scene, found: Records) -> None:
    assert (found.messages, found.open, here.account.shown.silent) == (MESSAGES, 0, [])
    assert set(found.counted.values()) == {2}
    assert "failed" not in found.letters


@pytest.mark.parametrize("code", [45015, 45047, 40001])
async def test_refused_messages_are_given_next_time(code: int, tmp_path: Path, postgresql_server: PostgreSQL) -> None:
    async with scene(tmp_path, postgresql_server.new_database(), verified=True, **LATE) as here:
        here.api.send_errors = [code] * FOR_EVER
        here.start(*SLOW)
        found = await asked_twice(here)

    assert_recorded_once(here, found)
    assert set(here.runs().values()) == {1}
    assert here.api.delivered == {}
    for worker in workers(WORKERS):
        assert here.seen(worker) + owed(found, worker) == ONCE
    assert sum(bool(grant["force_refresh"]) for grant in here.api.grants) <= 1


async def test_api_that_hangs_gives_nothing_unannounced(tmp_path: Path, postgresql_server: PostgreSQL) -> None:
    async with scene(tmp_path, postgresql_server.new_database(), verified=True, **LATE) as here:
        here.api.open.clear()
        here.start(*SLOW)
        found = await asked_twice(here)

    assert_recorded_once(here, found)
    assert set(here.runs().values()) == {1}
    assert_twice_only_in_doubt(here, found, len(here.api.sent))


@pytest.mark.parametrize("step", ["before_send", "sent"])
async def test_killed_while_sending(step: str, tmp_path: Path, postgresql_server: PostgreSQL) -> None:
    async with scene(tmp_path, postgresql_server.new_database(), verified=True, **LATE) as here:
        doomed = here.start(*SLOW, "--dies-at", step, "--dies-after", str(SENDS))
        here.start(*SLOW)
        found = await asked_twice(here)
        killed = doomed.died()

    assert killed
    assert_recorded_once(here, found)
    assert here.runs().total() <= MESSAGES + WORKERS
    assert_twice_only_in_doubt(here, found, AT_ONCE)


def assert_twice_only_in_doubt(here: Scene, found: Records, most: int) -> None:
    """Nothing is lost; what was sent, with nobody left who heard of it, is also owed: with a word that it may be known.

    At most once by itself, and once more with that word: `most` letters can be on their way at a moment.
    """
    twice = 0
    for worker in workers(WORKERS):
        given = here.seen(worker) + owed(found, worker)
        assert set(given) == set(ONCE)
        twice += (given - ONCE).total()
        assert len(here.api.delivered[worker]) <= 2
    assert twice <= most

"""Limits hold over processes, cost ordinary messages nothing, and let messages through while the database is lost."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clients.limits import SHARE, Limits
from bot.storage.clients import UseRepository
from bot.storage.database import Database
from tests.fakes import SetClock


class FakeUses:
    """Counts in memory, with the calls that it took."""

    def __init__(self) -> None:
        self.used: dict[str, int] = {}
        self.calls = 0
        self.error: Exception | None = None

    async def take(self, key: str, ends_at: datetime, wanted: int, most: int) -> int:
        self.calls += 1
        if self.error is not None:
            raise self.error
        used = self.used.get(key, 0)
        got = max(0, min(wanted, most - used))
        self.used[key] = used + got
        return got


async def passed(limits: Limits, often: int, per_minute: int, per_day: int | None = None) -> int:
    return [await limits.wait("client:1", per_minute, per_day) for _ in range(often)].count(0)


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 200), st.lists(st.integers(0, 5), max_size=400))
def test_processes_together_keep_the_limit_but_for_their_uncounted_shares(most: int, turns: list[int]) -> None:
    uses, clock = FakeUses(), SetClock()
    processes = [Limits(uses, clock) for _ in range(6)]

    async def ask() -> int:
        return [await processes[turn].wait("client:1", most) for turn in turns].count(0)

    assert asyncio.run(ask()) <= most + 5 * (most // SHARE)


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 300))
def test_one_process_keeps_the_limit_exactly(most: int) -> None:
    assert asyncio.run(passed(Limits(FakeUses(), SetClock()), most + 50, most)) == most


async def test_ordinary_messages_are_not_counted_in_the_database() -> None:
    uses = FakeUses()

    assert await passed(Limits(uses, SetClock()), 7, 120) == 7
    assert uses.calls == 0


async def test_flood_is_refused_without_the_database() -> None:
    uses = FakeUses()

    assert await passed(Limits(uses, SetClock()), 10_000, 120) == 120
    assert uses.calls <= SHARE + 1


async def test_messages_at_once_do_not_slip_through() -> None:
    limits = Limits(FakeUses(), SetClock())

    waits = await asyncio.gather(*(limits.wait("address:1", 10) for _ in range(50)))

    assert waits.count(0) == 10


async def test_wait_lasts_until_the_minute_is_over() -> None:
    clock = SetClock()
    limits = Limits(FakeUses(), clock)
    clock.passes(18)
    await limits.wait("client:1", 1)

    assert await limits.wait("client:1", 1) == 42
    clock.passes(42)
    assert await limits.wait("client:1", 1) == 0


async def test_day_ends_at_midnight_here() -> None:
    clock = SetClock()
    limits = Limits(FakeUses(), clock)
    await limits.wait("client:1", 10, 1)

    # It is noon in UTC, so eight in the evening here.
    assert await limits.wait("client:1", 10, 1) == 4 * 3600
    clock.passes(4 * 3600)
    assert await limits.wait("client:1", 10, 1) == 0


async def test_subjects_are_counted_apart() -> None:
    limits = Limits(FakeUses(), SetClock())

    assert [await limits.wait(subject, 1) for subject in ("client:1", "client:2", "address:1")] == [0, 0, 0]


async def test_lost_database_stops_nobody() -> None:
    uses = FakeUses()
    uses.error = OSError("gone")

    assert await passed(Limits(uses, SetClock()), 5, 1) == 5


async def test_uses_are_counted_for_all_processes(database: Database) -> None:
    clock = SetClock()
    here, there = (Limits(UseRepository(database.sessions), clock) for _ in range(2))

    assert await passed(here, 8, 10) + await passed(there, 8, 10) == 10


async def test_uses_taken_at_once_are_never_more_than_the_limit(database: Database) -> None:
    uses = UseRepository(database.sessions)

    got = await asyncio.gather(*(uses.take("client:1:0:1", SetClock().now, 3, 10) for _ in range(8)))

    assert sum(got) == 10


@pytest.mark.parametrize(("wanted", "got"), [(3, 3), (12, 10)])
async def test_uses_are_given_as_far_as_they_go(database: Database, wanted: int, got: int) -> None:
    assert await UseRepository(database.sessions).take("k", SetClock().now, wanted, 10) == got

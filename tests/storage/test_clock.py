"""All processes go by the database's time, whatever their machines say."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.storage.clock import ALLOWED, LONGEST_LOOK, ClockDiffers, SharedClock
from bot.storage.database import Database
from tests.fakes import NOON, SetClock


class Machine:
    """A machine with a time and ticks of its own, and a database whose answer takes a moment."""

    def __init__(self, ahead: timedelta = timedelta()) -> None:
        self.database, self.own = SetClock(), SetClock()
        self.own.now += ahead
        self.ticks, self.takes = 0.0, 0.2
        self.clock = SharedClock(self._look, self.own, lambda: self.ticks)

    def passes(self, seconds: float) -> None:
        """Let time pass."""
        self.ticks += seconds
        self.database.passes(seconds)

    async def _look(self) -> datetime:
        self.passes(self.takes / 2)
        now = self.database()
        self.passes(self.takes / 2)
        return now


async def test_machine_that_is_fast_goes_by_the_database() -> None:
    machine = Machine(ahead=timedelta(hours=1))
    await machine.clock.look()
    machine.passes(7)

    assert machine.clock() == machine.database()


async def test_change_of_the_machines_time_changes_nothing() -> None:
    machine = Machine()
    await machine.clock.look()
    machine.own.passes(-86400)
    machine.passes(1)

    assert machine.clock() == machine.database()


async def test_look_that_took_long_is_not_believed() -> None:
    machine = Machine()
    await machine.clock.look()
    machine.takes = 2 * LONGEST_LOOK
    machine.database.passes(60)
    before = machine.clock()
    await machine.clock.look()

    assert machine.clock() == before + timedelta(seconds=machine.takes)


@pytest.mark.parametrize("ahead", [-1, 1])
async def test_difference_is_told(ahead: int) -> None:
    machine = Machine(ahead=ahead * (ALLOWED + timedelta(seconds=1)))
    await machine.clock.ping()
    await machine.clock.look()

    with pytest.raises(ClockDiffers):
        await machine.clock.ping()
    machine.own.now = machine.database.now
    await machine.clock.look()
    await machine.clock.ping()


async def test_database_tells_its_time(database: Database) -> None:
    before = datetime.now(timezone.utc)

    assert before - ALLOWED < await database.time() < before + 30 * ALLOWED
    assert before > NOON

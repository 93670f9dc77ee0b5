"""Timers that live in the database: silent owners, silent workers, and a restart in between."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.accounts.model import User
from bot.hotline.model import LEFT, NOBODY_CAME, Kind, Priority, Reason, State
from tests.fakes import SetClock

from .cast import Hotline

MINUTE = 60


async def test_owner_who_stays_silent_loses_it_to_the_queue(
    here: Hotline, there: Hotline, agent: User, clock: SetClock
) -> None:
    case = await here.claimed(agent)
    clock.passes(5 * MINUTE - 1)
    assert await here.room.timers.work() == 0

    clock.passes(1)
    # The process that handed it over is gone; another one, or the same one anew, does it, and once.
    assert sum(await asyncio.gather(there.room.timers.work(), here.room.timers.work())) == 1

    case = await there.case()
    assert (case.state, case.owner, case.reason, case.priority) == (
        State.WAITING,
        None,
        Reason.SILENT,
        Priority.RETURNED,
    )
    events = (await there.room.cases.story(case)).events
    assert (events[-1].kind, events[-1].text) == (Kind.SILENT, "坐席甲")


async def test_every_further_message_leaves_the_owner_no_more_time(here: Hotline, agent: User, clock: SetClock) -> None:
    case = await here.claimed(agent)
    await here.desk.send(agent, case.id, "key-00001", "您好。", "")
    clock.passes(10 * MINUTE)
    for _ in range(5):
        await here.says("在吗")
        clock.passes(MINUTE)

    assert await here.room.timers.work() == 1
    assert (await here.case()).state is State.WAITING


async def test_owner_who_answers_keeps_it(here: Hotline, agent: User, clock: SetClock) -> None:
    case = await here.claimed(agent)
    clock.passes(4 * MINUTE)
    await here.desk.send(agent, case.id, "key-00001", "您好。", "")
    clock.passes(4 * MINUTE)

    assert await here.room.timers.work() == 0


async def test_nobody_loses_anything_outside_of_the_hours(here: Hotline, agent: User, clock: SetClock) -> None:
    await here.claimed(agent)
    here.hours.open = False
    clock.passes(6 * MINUTE)

    assert await here.room.timers.work() == 0
    here.hours.open = True
    assert await here.room.timers.work() == 0
    clock.passes(5 * MINUTE)
    assert await here.room.timers.work() == 1


async def test_worker_who_is_silent_after_an_answer_has_left(here: Hotline, agent: User, clock: SetClock) -> None:
    case = await here.claimed(agent)
    await here.desk.send(agent, case.id, "key-00001", "您好。", "")
    clock.passes(30 * MINUTE)

    assert await here.room.timers.work() == 1
    closed = await here.desk.case(case.id)
    assert (closed.state, closed.outcome) == (State.CLOSED, LEFT)
    assert (await here.says("年金"))[-1].startswith("1 年金")


async def test_nobody_waits_for_ever(here: Hotline, agent: User, clock: SetClock) -> None:
    await here.says("人工")
    case = await here.case()
    clock.passes(8 * 60 * MINUTE)

    assert await here.room.timers.work() == 1
    assert (await here.desk.case(case.id)).outcome == NOBODY_CAME


async def test_hours_in_which_nobody_works_end_no_waiting(here: Hotline, agent: User, clock: SetClock) -> None:
    here.hours.free = timedelta(days=2)
    await here.says("人工")
    await here.desk.claim(agent, (await here.case()).id)
    await here.desk.release(agent, (await here.case()).id)
    clock.passes(2 * 24 * 60 * MINUTE)
    assert await here.room.timers.work() == 0

    clock.passes(8 * 60 * MINUTE)
    assert await here.room.timers.work() == 1


async def test_answer_that_comes_at_the_last_moment_counts(here: Hotline, agent: User, clock: SetClock) -> None:
    case = await here.claimed(agent)
    clock.passes(5 * MINUTE)
    (due,) = await here.room.cases.due(clock())
    await here.desk.send(agent, case.id, "key-00001", "您好。", "")

    change = here.room.timers._change(due)

    assert change is not None
    assert not await here.room.cases.change(change)
    assert (await here.case()).owner == agent.id

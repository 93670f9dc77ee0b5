"""What was answered is recorded once, whatever becomes of the storage: it is not asked again, not lost, not shown twice."""

from __future__ import annotations

import asyncio

import pytest

from bot.assistant.port import Reply, Understanding
from bot.conversation.service import Delivery
from bot.conversation.works import LEASE
from bot.storage.database import Database
from tests.fakes import RememberingAssistant, SetClock

from .cast import NEVER, Cast
from .test_late import FETCH, late, states, texts


async def ended(delivery: Delivery) -> None:
    assert delivery._work is not None
    await asyncio.wait({delivery._work.task})


async def test_lost_database_between_answer_and_outbox_does_not_ask_again(cast: Cast, database: Database) -> None:
    cast.route.failing = 3
    await late(cast)

    assert len(cast.assistant.asked) == 1
    assert await states(database) == ["parked"]


async def test_recording_that_fails_for_long_does_not_ask_again(cast: Cast) -> None:
    cast.exchanges.failing = {"complete": 30}

    assert texts(await cast.say("年金")) == ["1 年金"]
    assert len(cast.assistant.asked) == 1


async def test_commit_that_was_done_and_not_heard_of_is_taken_for_done(cast: Cast, other: Cast) -> None:
    cast.assistant = RememberingAssistant(cast.memory)
    cast.exchanges.unheard = {"complete": 1}

    replies = [await cast.say("年金"), await other.say("年金")]

    assert [texts(reply) for reply in replies] == [["message 1"]] * 2
    assert await cast.states.load("wechat:worker") == b"1"


async def test_late_reply_whose_commit_was_not_heard_of_is_owed_once(cast: Cast, database: Database) -> None:
    cast.exchanges.unheard = {"complete": 1}
    await late(cast)

    assert await states(database) == ["parked"]
    assert len(cast.assistant.asked) == 1


async def test_reply_taken_back_without_being_heard_of_is_given_all_the_same(cast: Cast, database: Database) -> None:
    await late(cast)
    cast.exchanges.unheard = {"show": 1}

    assert texts(await cast.say("年金")) == ["1 年金"]
    assert texts(await cast.say(FETCH, "2")) == ["nothing_waiting"]


async def test_fragment_whose_joining_was_not_heard_of_is_joined(database: Database, clock: SetClock) -> None:
    cast = Cast(database, clock, burst_wait=NEVER)
    cast.assistant.understood = {"技能提升补贴": Understanding("clarify", None, 0.3)}
    cast.exchanges.unheard = {"join": 1}
    first = asyncio.create_task(cast.say("技能提升补贴", "1"))
    await cast.reached()

    second = await cast.say("咋领", "2")

    assert (await first).messages == ()
    assert texts(second) == ["2 技能提升补贴 咋领"]


async def slowly_recorded(cast: Cast) -> tuple[Delivery, asyncio.Event]:
    """A delivery whose reply is being recorded as given to it, and what lets that end."""
    complete, going_on, recorded = cast.exchanges.complete, asyncio.Event(), asyncio.Event()

    async def slow(*arguments: object) -> object:
        kept = await complete(*arguments)  # type: ignore[arg-type]
        recorded.set()
        await going_on.wait()
        return kept

    cast.exchanges.complete = slow  # type: ignore[method-assign,assignment]
    delivery = await cast.receive("年金")
    waiting = asyncio.create_task(delivery.reply())
    await recorded.wait()
    waiting.cancel()
    await asyncio.wait({waiting})
    return delivery, going_on


async def test_delivery_that_is_let_go_while_its_reply_is_recorded_finds_it_later(
    cast: Cast, database: Database
) -> None:
    delivery, going_on = await slowly_recorded(cast)
    assert delivery.coming
    delivery.let_go()
    cast.route.failing = 1
    going_on.set()
    await ended(delivery)

    assert await states(database) == ["parked"]
    assert texts(await cast.say(FETCH, "2")) == ["1 年金"]


async def test_delivery_that_lapses_while_its_reply_is_recorded_leaves_it_to_its_repeat(
    cast: Cast, other: Cast, database: Database
) -> None:
    delivery, going_on = await slowly_recorded(cast)
    going_on.set()
    await ended(delivery)

    assert texts(await other.say("年金")) == ["1 年金"]
    assert await states(database) == []


async def test_reply_that_a_repeat_was_given_meanwhile_is_not_parked_as_well(
    cast: Cast, other: Cast, database: Database
) -> None:
    delivery, going_on = await slowly_recorded(cast)
    delivery.let_go()
    given = await other.say("年金")
    going_on.set()
    await ended(delivery)

    assert texts(given) == ["1 年金"]
    assert await states(database) == []


async def test_parking_that_was_not_heard_of_parks_once(cast: Cast, database: Database) -> None:
    delivery, going_on = await slowly_recorded(cast)
    delivery.let_go()
    cast.exchanges.unheard = {"post": 1}
    going_on.set()
    await ended(delivery)

    assert await states(database) == ["parked"]


async def test_process_that_had_lost_the_storage_leaves_others_time_to_come_back(
    cast: Cast, other: Cast, clock: SetClock
) -> None:
    cast.assistant.open.clear()
    first = asyncio.create_task(cast.say("年金"))
    await cast.reached()
    other.exchanges.failing = {"orphans": 1}
    with pytest.raises(OSError, match="disk"):
        await other.service.tend()
    clock.passes(LEASE.total_seconds() + 1)
    await other.service.tend()
    repeat = await other.receive("年金")
    assert await repeat.reply(within=0.05) is None
    await cast.service.tend()
    clock.passes(LEASE.total_seconds() - 1)
    await other.service.tend()
    cast.assistant.open.set()

    assert texts(await first) == ["1 年金"]
    assert texts(await repeat.reply()) == ["1 年金"]
    assert other.assistant.asked == []
    await other.service.drain(0)


async def test_what_a_dead_process_left_is_resumed_after_that_time(cast: Cast, other: Cast, clock: SetClock) -> None:
    cast.assistant.open.clear()
    task = asyncio.create_task(cast.say("年金"))
    await cast.reached()
    cast.kill()
    other.exchanges.failing = {"orphans": 1}
    with pytest.raises(OSError, match="disk"):
        await other.service.tend()
    clock.passes(LEASE.total_seconds() + 1)
    await other.service.tend()
    clock.passes(LEASE.total_seconds())
    await other.service.tend()

    assert texts(await other.say("年金")) == ["1 年金"]
    await asyncio.wait({task})


async def test_many_that_wait_are_looked_for_at_once(cast: Cast, other: Cast) -> None:
    looks: list[int] = []
    ready = other.exchanges.ready

    async def counted(exchanges: list[int], lease: object) -> object:
        looks.append(len(exchanges))
        if looks[-1] == 20:
            cast.assistant.open.set()
        return await ready(exchanges, lease)  # type: ignore[arg-type]

    other.exchanges.ready = counted  # type: ignore[method-assign,assignment]
    cast.assistant.open.clear()
    firsts = [asyncio.create_task(cast.say("年金", "1", sender=f"worker{n}")) for n in range(20)]
    while len(cast.assistant.asked) < 20:
        await cast.reached()
    takes = 0
    take = other.exchanges.take

    async def counting(*arguments: object) -> object:
        nonlocal takes
        takes += 1
        return await take(*arguments)  # type: ignore[arg-type]

    other.exchanges.take = counting  # type: ignore[method-assign,assignment]
    repeats: list[Reply] = await asyncio.gather(*(other.say("年金", "1", sender=f"worker{n}") for n in range(20)))

    assert repeats == [await first for first in firsts]
    assert max(looks) == 20
    assert takes <= 40

"""What the assistant remembers during a turn and outside of one."""

from __future__ import annotations

import asyncio
from datetime import datetime, timezone

from bot.conversation.memory import TurnMemory
from tests.fakes import FakeStates


async def test_outside_of_a_turn_it_is_the_storage() -> None:
    states = FakeStates()
    memory = TurnMemory(states)

    await memory.save("web:worker", b"state")

    assert await memory.load("web:worker") == states.kept["web:worker"] == b"state"


async def test_within_a_turn_nothing_is_stored() -> None:
    states = FakeStates()
    memory = TurnMemory(states)

    with memory.turn("web:worker", b"before") as remembered:
        assert await memory.load("web:worker") == b"before"
        await asyncio.create_task(memory.save("web:worker", b"after"))
        assert await memory.load("web:worker") == b"after"

    assert (states.kept, remembered.state) == ({}, b"after")


async def test_turns_side_by_side_do_not_see_each_other() -> None:
    memory = TurnMemory(FakeStates())

    async def turn(name: str) -> bytes | None:
        with memory.turn(name, name.encode()) as remembered:
            await asyncio.sleep(0)
            await memory.save(name, (await memory.load(name) or b"") + b"!")
            return remembered.state

    assert list(await asyncio.gather(turn("a"), turn("b"))) == [b"a!", b"b!"]


async def test_another_conversation_is_not_part_of_the_turn() -> None:
    states = FakeStates()
    memory = TurnMemory(states)

    with memory.turn("web:worker", b"before"):
        await memory.save("web:another", b"stored")

    assert states.kept == {"web:another": b"stored"}


async def test_what_is_old_is_forgotten_by_the_storage() -> None:
    states = FakeStates()
    await states.save("wechat:worker", b"1")

    await TurnMemory(states).forget_before(datetime(2026, 3, 2, tzinfo=timezone.utc))

    assert states.kept == {}

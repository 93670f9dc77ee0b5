"""Two processes over one database: a message is worked on once, in order, and outlives the death of its process."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from bot.assistant.port import Message, Reply
from bot.conversation.service import CONVERSATION_ENDS, FORGET_EVERY
from bot.conversation.works import LEASE
from bot.storage.database import Database
from bot.storage.tables import Exchange
from tests.fakes import FakeAssistant, RememberingAssistant, SetClock

from .cast import NEVER, Cast


async def started(cast: Cast, text: str = "年金", key: str = "1") -> asyncio.Task[Reply]:
    """A message whose answer is being made and does not come."""
    cast.assistant.open.clear()
    task = asyncio.create_task(cast.say(text, key))
    await cast.reached()
    return task


def remember(cast: Cast) -> None:
    """Let the process have an assistant that counts a conversation's messages in its memory."""
    cast.assistant = RememberingAssistant(cast.memory)


async def test_repeat_on_another_process_gets_the_recorded_reply(cast: Cast, other: Cast) -> None:
    replies = [await cast.say("年金"), await other.say("年金")]

    assert replies == [replies[0]] * 2
    assert other.assistant.asked == []


async def test_concurrent_repeats_on_two_processes_join_one_work(cast: Cast, other: Cast) -> None:
    first = await started(cast)
    repeats = [asyncio.create_task(one.say("年金")) for one in (other, cast, other)]
    cast.assistant.open.set()

    replies = await asyncio.gather(first, *repeats)

    assert replies == [replies[0]] * 4
    assert (len(cast.assistant.asked), other.assistant.asked) == (1, [])


async def test_simultaneous_deliveries_are_answered_once(cast: Cast, other: Cast) -> None:
    replies = await asyncio.gather(*(one.say("年金", f"{key}") for one in (cast, other) for key in range(5)))

    assert replies[:5] == replies[5:]
    assert len(cast.assistant.asked) + len(other.assistant.asked) == 5


async def test_deliveries_are_counted_for_all_processes(cast: Cast, other: Cast) -> None:
    numbers = [(await one.receive("年金")).number for one in (cast, other, cast)]

    assert numbers == [1, 2, 3]


async def test_messages_of_a_worker_are_answered_in_order(cast: Cast, other: Cast) -> None:
    first = await started(cast)
    second, third = (asyncio.create_task(one.say("年金", key)) for one, key in ((other, "2"), (cast, "3")))
    another = await other.say("年金", "4", sender="another")
    asked_before = len(other.assistant.asked)
    cast.assistant.open.set()

    replies = await asyncio.gather(first, second, third)

    assert another.messages[0].text.startswith("1 年金")
    assert asked_before == 1
    assert all(reply.messages for reply in replies)


async def test_many_messages_on_two_processes_lose_no_state(cast: Cast, other: Cast) -> None:
    remember(cast)
    remember(other)

    replies = await asyncio.gather(*((cast, other)[n % 2].say("年金", str(n)) for n in range(12)))

    numbers = sorted(int(reply.messages[0].text.split()[1]) for reply in replies)
    assert numbers == list(range(1, 13))


async def test_repeat_takes_over_when_the_lease_has_run_out(cast: Cast, other: Cast, clock: SetClock) -> None:
    task = await started(cast)
    cast.kill()
    clock.passes(LEASE.total_seconds() + 1)

    assert (await other.say("年金")).messages[0].text.startswith("1 年金")
    assert (await task).messages[0].text.startswith("trouble")


async def test_repeat_waits_while_the_lease_holds(cast: Cast, other: Cast, clock: SetClock) -> None:
    await started(cast)
    cast.kill()

    delivery = await other.receive("年金")

    assert await delivery.reply(within=0.05) is None
    clock.passes(LEASE.total_seconds() + 1)
    assert await delivery.reply() is not None


async def test_next_start_resumes_what_was_left_behind(cast: Cast, other: Cast, clock: SetClock) -> None:
    await started(cast)
    cast.kill()
    clock.passes(LEASE.total_seconds() + 1)

    await other.service.tend()
    await other.reached()
    reply = await other.say("年金")

    assert reply.messages[0].text.startswith("1 年金")
    assert len(other.assistant.asked) == 1


async def test_message_after_one_that_was_left_behind_is_answered_after_it(
    cast: Cast, other: Cast, clock: SetClock
) -> None:
    remember(other)
    await started(cast)
    cast.kill()
    second = asyncio.create_task(other.say("年金", "2"))
    clock.passes(LEASE.total_seconds() + 1)

    await other.service.tend()

    assert (await second).messages[-1].text.startswith("message 2")


async def test_renewed_lease_is_not_taken_over(cast: Cast, other: Cast, clock: SetClock) -> None:
    first = await started(cast)
    for _ in range(3):
        clock.passes(LEASE.total_seconds() - 1)
        await cast.service.tend()

    await other.service.tend()
    cast.assistant.open.set()

    assert (await first).messages[0].text.startswith("1 年金")
    assert other.assistant.asked == []


async def test_process_that_comes_back_too_late_changes_nothing(
    cast: Cast, other: Cast, clock: SetClock, database: Database
) -> None:
    class Slow(FakeAssistant):
        async def ask(self, conversation: str, text: str) -> Reply:
            await cast.memory.save(conversation, b"of the slow one")
            return Reply((Message(f"slow {(await super().ask(conversation, text)).messages[0].text}"),))

    cast.assistant = slow = Slow()
    first = await started(cast)
    clock.passes(LEASE.total_seconds() + 1)
    remember(other)
    taken = await other.say("年金")

    slow.open.set()

    assert await first == taken
    assert await cast.states.load("wechat:worker") == b"1"
    async with database.sessions() as session:
        assert len(list(await session.scalars(select(Exchange)))) == 1


async def test_drained_process_ends_its_work_first(cast: Cast) -> None:
    task = await started(cast)
    draining = asyncio.create_task(cast.service.drain(NEVER))
    await asyncio.sleep(0)
    cast.assistant.open.set()
    await draining

    assert (await task).messages[0].text.startswith("1 年金")


async def test_what_a_drained_process_gives_up_is_free_at_once(cast: Cast, other: Cast) -> None:
    task = await started(cast)
    await cast.service.drain(0)

    assert (await other.say("年金")).messages[0].text.startswith("1 年金")
    assert (await task).messages[0].text.startswith("trouble")


@pytest.mark.parametrize("reply", [Reply((Message("甲", ("乙",)),))])
async def test_reply_comes_back_as_it_was(cast: Cast, other: Cast, reply: Reply) -> None:
    class Fixed(FakeAssistant):
        async def ask(self, conversation: str, text: str) -> Reply:
            return reply

    cast.assistant = Fixed()
    await cast.say("年金")

    assert await other.say("年金") == reply


async def test_what_a_worker_told_is_forgotten_when_his_conversation_has_ended(cast: Cast, clock: SetClock) -> None:
    remember(cast)
    await cast.say("年金", "1")
    await cast.service.tend()
    assert await cast.states.load("wechat:worker") == b"1"

    clock.passes((CONVERSATION_ENDS + FORGET_EVERY).total_seconds() + 1)
    await cast.service.tend()

    assert await cast.states.load("wechat:worker") is None
    assert (await cast.say("年金", "2")).messages[0].text.startswith("message 1")


async def test_conversation_that_goes_on_is_remembered(cast: Cast, clock: SetClock) -> None:
    remember(cast)
    await cast.say("年金", "1")
    clock.passes((CONVERSATION_ENDS + FORGET_EVERY).total_seconds() / 2)
    await cast.say("年金", "2")
    clock.passes((CONVERSATION_ENDS + FORGET_EVERY).total_seconds() / 2)

    await cast.service.tend()

    assert await cast.states.load("wechat:worker") == b"2"

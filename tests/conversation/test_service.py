"""Each message is answered once, remembered, and never fails towards the worker."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from bot.assistant.port import AssistantUnavailable, Message, Reply, Understanding
from bot.conversation.canned import LONGEST_QUESTION
from bot.conversation.works import RECEIVING
from bot.storage.database import Database
from bot.storage.tables import Exchange
from tests.fakes import NOON, FakeAssistant

from .cast import NEVER, Cast

TROUBLE = Reply((Message("trouble 工会热线12351"),))


async def test_question_goes_to_the_assistant_and_is_kept(cast: Cast, database: Database) -> None:
    reply = await cast.say("  年金 ")

    assert reply.messages[0].text.startswith("1 年金")
    assert reply.understanding == Understanding("ask", "annuity", 0.987)
    assert cast.assistant.asked == [("wechat:worker", "年金")]
    async with database.sessions() as session:
        row = (await session.scalars(select(Exchange))).one()
    assert (row.text, row.label, row.received_at, row.replied_at) == ("  年金 ", "annuity", NOON, NOON)


async def test_repeat_gets_the_same_reply_without_asking_again(cast: Cast) -> None:
    replies = [await cast.say("年金") for _ in range(3)]

    assert replies == [replies[0]] * 3
    assert len(cast.assistant.asked) == 1


async def test_concurrent_repeats_share_one_call(cast: Cast) -> None:
    cast.assistant.open.clear()
    tasks = [asyncio.create_task(cast.say("年金")) for _ in range(5)]
    await cast.reached()
    cast.assistant.open.set()

    replies = await asyncio.gather(*tasks)

    assert replies == [replies[0]] * 5
    assert len(cast.assistant.asked) == 1


@pytest.mark.parametrize("other", [{"key": "2"}, {"sender": "another"}, {"channel": "web"}])
async def test_same_text_of_another_message_is_asked_again(cast: Cast, other: dict[str, str]) -> None:
    await cast.say("年金")

    await cast.say("年金", **other)

    assert len(cast.assistant.asked) == 2


async def test_channel_that_hangs_up_leaves_the_work_to_the_repeat(cast: Cast) -> None:
    cast.assistant.open.clear()
    first = asyncio.create_task(cast.say("年金"))
    await cast.reached()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    repeat = asyncio.create_task(cast.say("年金"))
    cast.assistant.open.set()

    assert (await repeat).messages[0].text.startswith("1 年金")
    assert len(cast.assistant.asked) == 1


@pytest.mark.parametrize("error", [AssistantUnavailable(), RuntimeError("年金"), KeyError("年金")])
async def test_failing_assistant_is_trouble(cast: Cast, error: Exception) -> None:
    cast.assistant.error = error

    assert await cast.say("年金") == TROUBLE


async def test_hanging_assistant_is_trouble(database: Database) -> None:
    cast = Cast(database, longest_answer=0.01)
    cast.assistant.open.clear()

    assert await cast.say("年金") == TROUBLE


async def test_failure_leaves_the_memory_as_it_was(cast: Cast) -> None:
    await cast.states.save("wechat:worker", b"before")

    class Forgetful(FakeAssistant):
        async def ask(self, conversation: str, text: str) -> Reply:
            await cast.memory.save(conversation, b"half of a turn")
            raise RuntimeError

    cast.assistant = Forgetful()
    await cast.say("年金")

    assert await cast.states.load("wechat:worker") == b"before"


async def test_assistant_that_is_well_again_answers_the_next_message(cast: Cast) -> None:
    cast.assistant.error = RuntimeError("gone")
    await cast.say("年金", "1")
    cast.assistant.error = None

    assert (await cast.say("年金", "2")).messages[0].text.startswith("2 年金")


async def test_storage_that_fails_for_good_is_trouble(cast: Cast) -> None:
    cast.exchanges.failing = {"receive": 99}

    assert await cast.say("年金") == TROUBLE
    assert cast.paused == list(RECEIVING)


@pytest.mark.parametrize("call", ["receive", "complete", "later"])
async def test_storage_that_is_restarted_is_waited_for(cast: Cast, call: str) -> None:
    cast.exchanges.failing = {call: 2}

    assert (await cast.say("年金")).messages[0].text.startswith("1 年金")
    assert len(cast.assistant.asked) == 1


async def test_delivery_that_cannot_wait_for_a_failing_storage_is_told_of_trouble(cast: Cast) -> None:
    cast.exchanges.failing = {"complete": 99}
    failing = asyncio.Event()

    async def pause(seconds: float) -> None:
        failing.set()
        await asyncio.sleep(NEVER)

    cast.service._turns._pause = pause
    delivery = await cast.receive("年金")
    await failing.wait()

    assert await delivery.reply(within=0) == TROUBLE
    await cast.service.drain(0)


@pytest.mark.parametrize("text", ["", " \n\u3000"])
async def test_empty_question_is_not_asked(cast: Cast, text: str) -> None:
    assert await cast.say(text) == Reply((Message("empty"),))
    assert cast.assistant.asked == []


@pytest.mark.parametrize(("length", "asked"), [(LONGEST_QUESTION, 1), (LONGEST_QUESTION + 1, 0)])
async def test_question_that_is_too_long_is_not_asked(cast: Cast, length: int, asked: int) -> None:
    reply = await cast.say("长" * length)

    assert len(cast.assistant.asked) == asked
    assert (reply == Reply((Message("too_long"),))) is not bool(asked)


async def test_forget_drops_the_sender_and_nobody_else(cast: Cast, database: Database) -> None:
    for conversation in ("wechat:worker", "web:worker", "wechat:another"):
        await cast.states.save(conversation, b"state")
    for sender, channel in (("worker", "wechat"), ("worker", "web"), ("another", "wechat")):
        await cast.say("年金", sender=sender, channel=channel)

    await cast.service.forget("wechat", "worker")

    assert await cast.states.load("wechat:worker") is None
    async with database.sessions() as session:
        rows = await session.scalars(select(Exchange).order_by(Exchange.id))
        assert [(row.channel, row.sender) for row in rows] == [("web", "worker"), ("wechat", "another")]


async def test_worker_who_leaves_during_his_turn_leaves_nothing(cast: Cast, database: Database) -> None:
    cast.assistant.open.clear()
    task = asyncio.create_task(cast.say("年金"))
    await cast.reached()

    await cast.service.forget("wechat", "worker")
    cast.assistant.open.set()

    assert (await task).messages == ()
    async with database.sessions() as session:
        assert list(await session.scalars(select(Exchange))) == []
    assert await cast.states.load("wechat:worker") is None


async def test_forgotten_message_is_answered_anew(cast: Cast) -> None:
    await cast.say("年金")
    await cast.service.forget("wechat", "worker")

    assert (await cast.say("年金")).messages[0].text.startswith("2 年金")


def test_canned_reply_has_its_values_and_examples(cast: Cast) -> None:
    expected = Message("welcome 工会热线12351", ("年金谁出钱？", "获奖给多少钱？"))
    assert cast.service.canned("welcome") == Reply((expected,))

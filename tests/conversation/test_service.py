"""Each message is answered once, remembered, and never fails towards the worker."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.assistant.port import AssistantUnavailable, Message, Reply, Understanding
from bot.conversation.service import LONGEST_QUESTION
from tests.fakes import NOON

from .cast import Cast

TROUBLE = Reply((Message("trouble 工会热线12351"),))


@pytest.fixture
def cast() -> Cast:
    return Cast()


async def test_question_goes_to_the_assistant_and_is_kept(cast: Cast) -> None:
    reply = await cast.say("  年金 ")

    assert reply.messages[0].text.startswith("1 年金")
    assert reply.understanding == Understanding("ask", "annuity", 0.987)
    assert cast.assistant.asked == [("wechat:worker", "年金")]
    assert cast.exchanges.kept == {
        ("wechat", "worker", "1"): ("  年金 ", reply, NOON, NOON + timedelta(seconds=1)),
    }


async def test_repeat_gets_the_same_reply_without_asking_again(cast: Cast) -> None:
    replies = [await cast.say("年金") for _ in range(3)]

    assert replies == [replies[0]] * 3
    assert len(cast.assistant.asked) == 1


async def test_concurrent_repeats_share_one_call(cast: Cast) -> None:
    cast.assistant.open.clear()
    tasks = [asyncio.create_task(cast.say("年金")) for _ in range(5)]
    for _ in range(10):
        await asyncio.sleep(0)
    cast.assistant.open.set()

    replies = await asyncio.gather(*tasks)

    assert replies == [replies[0]] * 5
    assert len(cast.assistant.asked) == 1


@pytest.mark.parametrize("other", [{"key": "2"}, {"sender": "another"}, {"channel": "web"}])
async def test_same_text_of_another_message_is_asked_again(cast: Cast, other: dict[str, str]) -> None:
    await cast.say("年金")

    await cast.say("年金", **other)

    assert len(cast.assistant.asked) == len(cast.exchanges.kept) == 2


async def test_channel_that_hangs_up_leaves_the_work_to_the_repeat(cast: Cast) -> None:
    cast.assistant.open.clear()
    first = asyncio.create_task(cast.say("年金"))
    await cast.assistant.reached.wait()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    repeat = asyncio.create_task(cast.say("年金"))
    await asyncio.sleep(0)
    cast.assistant.open.set()

    assert (await repeat).messages[0].text.startswith("1 年金")
    assert len(cast.assistant.asked) == 1


@pytest.mark.parametrize("error", [AssistantUnavailable(), RuntimeError("年金"), KeyError("年金")])
async def test_failing_assistant_is_trouble(cast: Cast, error: Exception) -> None:
    cast.assistant.error = error

    assert await cast.say("年金") == TROUBLE


async def test_assistant_that_is_well_again_answers_the_next_message(cast: Cast) -> None:
    cast.assistant.error = RuntimeError("gone")
    await cast.say("年金", "1")
    cast.assistant.error = None

    assert (await cast.say("年金", "2")).messages[0].text.startswith("2 年金")


async def test_storage_that_cannot_be_read_is_trouble(cast: Cast) -> None:
    cast.exchanges.reading_fails = OSError("disk")

    assert await cast.say("年金") == TROUBLE


async def test_storage_that_cannot_be_written_is_trouble(cast: Cast) -> None:
    cast.exchanges.writing_fails = OSError("disk")

    assert await cast.say("年金") == TROUBLE


@pytest.mark.parametrize("text", ["", " \n\u3000"])
async def test_empty_question_is_not_asked(cast: Cast, text: str) -> None:
    assert await cast.say(text) == Reply((Message("empty"),))
    assert cast.assistant.asked == []


@pytest.mark.parametrize(("length", "asked"), [(LONGEST_QUESTION, 1), (LONGEST_QUESTION + 1, 0)])
async def test_question_that_is_too_long_is_not_asked(cast: Cast, length: int, asked: int) -> None:
    reply = await cast.say("长" * length)

    assert len(cast.assistant.asked) == asked
    assert (reply == Reply((Message("too_long"),))) is not bool(asked)


async def test_forget_drops_the_sender_and_nobody_else(cast: Cast) -> None:
    cast.states.kept = {"wechat:worker": b"a", "web:worker": b"b", "wechat:another": b"c"}
    for sender, channel in (("worker", "wechat"), ("worker", "web"), ("another", "wechat")):
        await cast.say("年金", sender=sender, channel=channel)

    await cast.service.forget("wechat", "worker")

    assert list(cast.states.kept) == ["web:worker", "wechat:another"]
    assert {message[:2] for message in cast.exchanges.kept} == {("web", "worker"), ("wechat", "another")}


async def test_forgotten_message_is_answered_anew(cast: Cast) -> None:
    await cast.say("年金")
    await cast.service.forget("wechat", "worker")

    assert (await cast.say("年金")).messages[0].text.startswith("2 年金")


def test_canned_reply_has_its_values_and_examples(cast: Cast) -> None:
    expected = Message("welcome 工会热线12351", ("年金谁出钱？", "获奖给多少钱？"))
    assert cast.service.canned("welcome") == Reply((expected,))

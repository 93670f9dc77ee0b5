"""Short messages right after each other: what is unclear waits for its rest, what is clear does not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.assistant.port import Reply, Understanding
from bot.conversation.burst import LONGEST_FRAGMENT
from bot.storage.database import Database
from tests.fakes import SetClock

from .cast import NEVER, Cast

UNCLEAR = Understanding("clarify", None, 0.3)
Open = Callable[..., Cast]


@pytest.fixture
def cast_with(database: Database, clock: SetClock) -> Open:
    """A process that does not understand a text."""

    def make(unclear: str = "", wait: float = NEVER) -> Cast:
        cast = Cast(database, clock, wait)
        cast.assistant.understood[unclear] = UNCLEAR
        return cast

    return make


async def held_back(cast: Cast, text: str, key: str = "1") -> asyncio.Task[Reply]:
    """The task of a message that waits for its rest."""
    task = asyncio.create_task(cast.say(text, key))
    await cast.reached()
    assert not task.done()
    return task


async def test_two_fragments_are_answered_as_one_question(cast_with: Open) -> None:
    cast = cast_with("技能补贴")
    first = await held_back(cast, "技能补贴")

    second = await cast.say("咋领", "2")

    assert await first == Reply((), UNCLEAR)
    assert second.messages[0].text.startswith("2 技能补贴 咋领")
    assert [text for _, text in cast.assistant.asked] == ["技能补贴", "技能补贴 咋领"]


async def test_fragments_on_two_processes_are_answered_as_one_question(cast_with: Open) -> None:
    cast, other = cast_with("技能补贴"), cast_with()
    first = await held_back(cast, "技能补贴")

    second = await other.say("咋领", "2")

    assert await first == Reply((), UNCLEAR)
    assert second.messages[0].text.startswith("1 技能补贴 咋领")


async def test_repeat_of_a_joined_fragment_is_silent_too(cast_with: Open) -> None:
    cast = cast_with("技能补贴")
    first = await held_back(cast, "技能补贴")
    await cast.say("咋领", "2")
    await first

    assert (await cast.say("技能补贴", "1")).messages == ()


async def test_three_fragments_are_answered_as_one_question(cast_with: Open) -> None:
    cast = cast_with("那个")
    cast.assistant.understood["那个 补贴"] = UNCLEAR
    first = await held_back(cast, "那个")
    second = await held_back(cast, "补贴", "2")

    third = await cast.say("咋领", "3")

    assert [(await task).messages for task in (first, second)] == [(), ()]
    assert third.messages[0].text.startswith("3 那个 补贴 咋领")


async def test_fragment_that_nothing_follows_gets_its_own_reply(cast_with: Open) -> None:
    cast = cast_with("技能补贴", wait=0.02)

    assert (await cast.say("技能补贴")).messages[0].text.startswith("1 技能补贴")
    assert (await cast.say("咋领", "2")).messages[0].text.startswith("2 咋领")


async def test_another_worker_does_not_join(cast_with: Open) -> None:
    cast = cast_with("技能补贴")
    first = await held_back(cast, "技能补贴")

    await cast.say("咋领", "2", sender="another")

    assert not first.done()
    await cast.say("咋领", "3")
    assert (await first).messages == ()
    assert [text for _, text in cast.assistant.asked] == ["技能补贴", "咋领", "技能补贴 咋领"]


@pytest.mark.parametrize(
    ("text", "understanding", "channel"),
    [
        ("年金谁出钱", Understanding("ask", "annuity", 0.9), "wechat"),
        ("你好", Understanding("chat", "greet", 0.9), "wechat"),
        ("养老金", Understanding("oos", "pension", 0.9), "wechat"),
        ("长" * (LONGEST_FRAGMENT + 1), UNCLEAR, "wechat"),
        ("技能补贴", UNCLEAR, "web"),
    ],
    ids=["topic", "small talk", "known subject", "long", "web"],
)
async def test_anything_else_is_answered_without_waiting(
    cast_with: Open, text: str, understanding: Understanding, channel: str
) -> None:
    cast = cast_with()
    cast.assistant.understood[text] = understanding

    reply = await asyncio.wait_for(cast.say(text, channel=channel), 10)

    assert reply.messages


@pytest.mark.parametrize(("intent", "label"), [("clarify", None), ("oos", "unknown"), ("chat", "noise")])
async def test_every_way_of_not_understanding_waits(cast_with: Open, intent: str, label: str | None) -> None:
    cast = cast_with()
    cast.assistant.understood["技能补贴"] = Understanding(intent, label, 0.3)
    first = await held_back(cast, "技能补贴")

    await cast.say("咋领", "2")

    assert (await first).messages == ()


@pytest.mark.parametrize("before", [None, b"before"], ids=["new", "known"])
async def test_answer_to_a_fragment_that_nobody_saw_is_not_remembered(cast_with: Open, before: bytes | None) -> None:
    cast = cast_with("那个")
    if before is not None:
        await cast.states.save("wechat:worker", before)
    first = await held_back(cast, "那个")
    await cast.say("咋领", "2")
    await first

    assert await cast.states.load("wechat:worker") == before


@pytest.mark.parametrize("tapped", ["企业年金", "年金谁出钱？"], ids=["title", "question"])
async def test_tapped_choice_is_never_joined_and_frees_the_fragment(cast_with: Open, tapped: str) -> None:
    cast = cast_with("技能补贴")
    first = await held_back(cast, "技能补贴")

    second = await cast.say(tapped, "2")

    assert (await first).messages[0].text.startswith("1 技能补贴")
    assert second.messages[0].text.startswith(f"2 {tapped}")

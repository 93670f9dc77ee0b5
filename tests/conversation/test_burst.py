"""Short messages right after each other: what is unclear waits for its rest, what is clear does not."""

from __future__ import annotations

import asyncio

import pytest

from bot.assistant.port import Reply, Understanding
from bot.conversation.burst import LONGEST_FRAGMENT

from .cast import Cast

UNCLEAR = Understanding("clarify", None, 0.3)
NEVER = 3600.0
"""Longer than any test may last: what waits, waits for another message."""


def cast_with(unclear: str, wait: float = NEVER) -> Cast:
    cast = Cast(wait)
    cast.assistant.understood[unclear] = UNCLEAR
    return cast


async def held_back(cast: Cast, text: str, key: str = "1") -> asyncio.Task[Reply]:
    """The task of a message that waits for its rest."""
    cast.assistant.reached.clear()
    task = asyncio.create_task(cast.say(text, key))
    await cast.assistant.reached.wait()
    assert not task.done()
    return task


async def test_two_fragments_are_answered_as_one_question() -> None:
    cast = cast_with("技能补贴")
    first = await held_back(cast, "技能补贴")

    second = await cast.say("咋领", "2")

    assert await first == Reply((), UNCLEAR)
    assert second.messages[0].text.startswith("2 技能补贴 咋领")
    assert [text for _, text in cast.assistant.asked] == ["技能补贴", "技能补贴 咋领"]


async def test_repeat_of_a_joined_fragment_is_silent_too() -> None:
    cast = cast_with("技能补贴")
    first = await held_back(cast, "技能补贴")
    await cast.say("咋领", "2")
    await first

    assert (await cast.say("技能补贴", "1")).messages == ()


async def test_three_fragments_are_answered_as_one_question() -> None:
    cast = cast_with("那个")
    cast.assistant.understood["那个 补贴"] = UNCLEAR
    first = await held_back(cast, "那个")
    second = await held_back(cast, "补贴", "2")

    third = await cast.say("咋领", "3")

    assert [(await task).messages for task in (first, second)] == [(), ()]
    assert third.messages[0].text.startswith("3 那个 补贴 咋领")


async def test_fragment_that_nothing_follows_gets_its_own_reply() -> None:
    cast = cast_with("技能补贴", wait=0)

    assert (await cast.say("技能补贴")).messages[0].text.startswith("1 技能补贴")
    assert (await cast.say("咋领", "2")).messages[0].text.startswith("2 咋领")


async def test_another_worker_does_not_join() -> None:
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
async def test_anything_else_is_answered_without_waiting(text: str, understanding: Understanding, channel: str) -> None:
    cast = Cast(NEVER)
    cast.assistant.understood[text] = understanding

    reply = await asyncio.wait_for(cast.say(text, channel=channel), 10)

    assert reply.messages


@pytest.mark.parametrize(("intent", "label"), [("clarify", None), ("oos", "unknown"), ("chat", "noise")])
async def test_every_way_of_not_understanding_waits(intent: str, label: str | None) -> None:
    cast = Cast(NEVER)
    cast.assistant.understood["技能补贴"] = Understanding(intent, label, 0.3)
    first = await held_back(cast, "技能补贴")

    await cast.say("咋领", "2")

    assert (await first).messages == ()


@pytest.mark.parametrize("before", [None, b"before"], ids=["new", "known"])
async def test_answer_to_a_fragment_that_nobody_saw_is_not_remembered(before: bytes | None) -> None:
    cast = cast_with("那个")
    cast.assistant.understood["那个 补贴"] = UNCLEAR
    if before is not None:
        cast.states.kept["wechat:worker"] = before
    seen = []
    for key, text in enumerate(("那个", "补贴")):
        await held_back(cast, text, str(key))
        seen.append(cast.states.kept.get("wechat:worker"))
        cast.states.kept["wechat:worker"] = b"after the fragment"

    await cast.say("咋领", "3")

    assert [*seen, cast.states.kept.get("wechat:worker")] == [before] * 3


@pytest.mark.parametrize("tapped", ["企业年金", "年金谁出钱？"], ids=["title", "question"])
async def test_tapped_choice_is_never_joined(tapped: str) -> None:
    cast = cast_with("技能补贴")
    first = await held_back(cast, "技能补贴")
    cast.states.kept["wechat:worker"] = b"after the fragment"

    await cast.say(tapped, "2")

    assert [text for _, text in cast.assistant.asked] == ["技能补贴", tapped]
    assert cast.states.kept["wechat:worker"] == b"after the fragment"
    assert not first.done()
    await cast.say("咋领", "3")
    assert (await first).messages == ()

"""The actions that say canned replies."""

from __future__ import annotations

import pytest

from actions.chat import Chat
from actions.hand_over import HandOver
from actions.not_covered import NotCovered

from .running import run


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("chat/greet", "greet"),
        ("chat/identity", "identity《小文件》某省2017年11月30日4"),
        ("chat/gone", "help"),
        ("chat", "help"),
    ],
)
async def test_small_talk_has_the_reply_of_its_label(label: str, text: str) -> None:
    assert (await run(Chat, label)).texts == [text]


async def test_examples_are_offered_as_plain_questions() -> None:
    assert (await run(Chat, "chat/help")).options == ["年金谁出钱？"]


async def test_subject_next_to_the_paper_names_its_offices() -> None:
    assert (await run(NotCovered, "oos/pension")).texts == ["near_scope 养老金 人社热线12333、工会热线12351"]


@pytest.mark.parametrize("label", ["oos/far", "oos/unknown", "oos", ""])
async def test_anything_else_is_not_covered(label: str) -> None:
    assert (await run(NotCovered, label)).texts == ["not_covered"]


async def test_hand_over_names_the_hotline_and_its_hours() -> None:
    assert (await run(HandOver, "handoff")).texts == ["handoff 工会热线12351（工作日）"]


@pytest.mark.parametrize(
    ("action", "label"), [(Chat, "chat/greet"), (NotCovered, "oos/pension"), (HandOver, "handoff")]
)
async def test_nothing_but_a_topic_carries_a_source(action: type[Chat], label: str) -> None:
    assert "依据" not in (await run(action, label)).texts[0]

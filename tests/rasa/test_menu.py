"""A clarifying menu and the ways to choose from it, whatever two topics the model cannot tell apart."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.assistant.port import Reply
from bot.services import Services
from policies_kb import loader
from policies_kb.model import Topic

pytestmark = pytest.mark.asyncio(loop_scope="session")
Say = Callable[[str], Awaitable[Reply]]
# Vague enough for any model: the first that is not sure of any of them asks back.
VAGUE = (
    "补贴",
    "奖励",
    "竞赛",
    "技师",
    "待遇",
    "培训",
    "工会",
    "职称",
    "评级的事",
    "补贴的事",
    "钱",
    "技师的钱",
    "培训补贴",
)


@pytest.fixture
def say(opened: Services, request: pytest.FixtureRequest) -> Say:
    """Talk in a conversation of the test's own."""
    keys = map(str, range(1000))

    async def speak(text: str) -> Reply:
        return await opened.conversation.answer("test", request.node.name, next(keys), text)

    return speak


async def asked_back(say: Say, wanted: Callable[[str], bool] = bool) -> tuple[str, ...]:
    """The choices of the first menu that a vague word leads to, one of them `wanted`."""
    for text in VAGUE:
        reply = await say(text)
        asked = reply.understanding is not None and reply.understanding.intent == "clarify"
        if asked and any(map(wanted, reply.messages[0].options[:-1])):
            return reply.messages[0].options
    raise AssertionError(f"none of {VAGUE} leads to such a menu")


def titled(title: str) -> Topic:
    return next(topic for topic in loader.load().topics.values() if topic.title == title)


def topic_of(title: str) -> str:
    return titled(title).id


def offers_nothing(title: str) -> bool:
    """Whether the answer leaves the menu as it is: an offer to check whether one qualifies would be the only choice."""
    return titled(title).outcome is None


async def test_menu_has_titles_and_none_of_these(say: Say) -> None:
    *titles, last = await asked_back(say)

    assert 1 <= len(titles) <= 4
    assert all(topic_of(title) for title in titles)
    assert last == "都不是"


@pytest.mark.parametrize("form", ["{}", "第{}个", "选{}", "{}。"])
async def test_number_is_the_choice(say: Say, form: str) -> None:
    title, *_ = await asked_back(say)

    chosen = await say(form.format("1"))

    assert chosen.messages[0] == (await say(title)).messages[0]
    assert "依据:" in chosen.messages[0].text


async def test_last_choice_can_be_said_in_words(say: Say) -> None:
    *titles, _ = await asked_back(say)
    numeral = "一二三四"[len(titles) - 1]

    chosen = await say(f"第{numeral}个")

    assert chosen.messages[0] == (await say(titles[-1])).messages[0]


async def test_tapped_title_is_answered(say: Say) -> None:
    title, *_ = await asked_back(say)

    reply = await say(title)

    assert reply.understanding is not None
    assert reply.understanding.label == topic_of(title)


async def test_one_choice_can_be_taken_after_another(say: Say) -> None:
    titles = await asked_back(say, offers_nothing)
    number, title = next(choice for choice in enumerate(titles, 1) if offers_nothing(choice[1]))

    first, again = await say(str(number)), await say(f"第{'一二三四'[number - 1]}个")

    assert first.messages[0] == again.messages[0] == (await say(title)).messages[0]


@pytest.mark.parametrize("by_number", [True, False])
async def test_none_of_these_asks_to_say_it_otherwise(say: Say, by_number: bool) -> None:
    options = await asked_back(say)

    reply = await say(str(len(options)) if by_number else options[-1])

    assert "换个说法" in reply.messages[0].text
    assert "依据" not in reply.messages[0].text


async def test_command_of_rasa_does_not_wipe_the_menu(say: Say) -> None:
    await asked_back(say)
    await say("/restart")

    # The text may itself lead to a menu, but never to none.
    assert "没有可选" not in (await say("1")).messages[0].text

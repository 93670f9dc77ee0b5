"""The actions that offer choices and take them."""

from __future__ import annotations

import pytest
from rasa_sdk.events import SlotSet

from actions.choose import Choose
from actions.clarify import MOST_CHOICES, Clarify
from tests.factories import topic, with_topic

from .running import run

MENU = {"menu": ["企业年金", "获奖给多少钱？", "都不是"]}


async def test_menu_offers_titles_and_none_of_these_and_is_remembered() -> None:
    outcome = await run(Clarify, "clarify", ranking=["ask/annuity", "ask/prize"])

    assert outcome.texts == ["clarify"]
    assert outcome.options == ["企业年金", "获奖奖金", "都不是"]
    assert outcome.events[-1] == SlotSet("menu", ["企业年金", "获奖奖金", "都不是"])


async def test_menu_leaves_out_what_is_no_topic_of_the_content() -> None:
    outcome = await run(Clarify, "clarify", ranking=["ask/gone", "chat/help", "oos/pension", "ask/prize"])

    assert outcome.events[-1] == SlotSet("menu", ["获奖奖金", "都不是"])


async def test_menu_has_few_choices() -> None:
    content = with_topic(topic("annuity", id="more"), topic("annuity", id="most"))
    ranking = [f"ask/{name}" for name in content.topics]

    outcome = await run(Clarify, "clarify", ranking=ranking, content=content)

    assert len(ranking) > MOST_CHOICES
    assert len(outcome.options) == MOST_CHOICES + 1


async def test_nothing_to_offer_is_not_covered() -> None:
    outcome = await run(Clarify, "clarify", ranking=["ask/gone"])

    assert outcome.texts == ["not_covered"]
    assert outcome.events == [SlotSet("misses", 0), SlotSet("misses", 1)]


@pytest.mark.parametrize(
    ("number", "beginning", "topic_id", "asked"),
    [("1", "企业出钱", "annuity", "年金谁出钱？"), ("2", "省财政给奖金", "prize", "获奖给多少钱？")],
    ids=["title", "question"],
)
async def test_choice_is_answered_and_the_menu_stays(number: str, beginning: str, topic_id: str, asked: str) -> None:
    outcome = await run(Choose, "choose", entities=[("choice", number)], slots=MENU)

    assert outcome.texts[0].startswith(beginning)
    assert "依据:" in outcome.texts[0]
    assert outcome.events == [SlotSet("misses", 0), SlotSet("topic", topic_id), SlotSet("asked", asked)]


async def test_none_of_these_is_a_choice_and_the_menu_stays() -> None:
    outcome = await run(Choose, "choose", entities=[("choice", "3")], slots=MENU)

    assert outcome.texts == ["none_of_these"]
    assert outcome.events == [SlotSet("misses", 0)]


@pytest.mark.parametrize(
    ("number", "slots"), [("4", MENU), ("9", MENU), ("1", {}), ("1", {"menu": None}), ("1", {"menu": ["gone"]})]
)
async def test_number_that_stands_for_nothing_has_its_own_examples_as_menu(
    number: str, slots: dict[str, object]
) -> None:
    outcome = await run(Choose, "choose", entities=[("choice", number)], slots=slots)

    assert outcome.texts == ["choose_nothing"]
    assert outcome.options == ["年金谁出钱？"]
    assert outcome.events == [SlotSet("misses", 0), SlotSet("menu", ["年金谁出钱？"])]


async def test_chosen_topic_that_expired_is_not_answered() -> None:
    outcome = await run(Choose, "choose", entities=[("choice", "1")], slots={"menu": ["到期补贴"]})

    assert outcome.texts == ["expired 工会热线12351"]

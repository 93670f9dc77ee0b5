"""The actions that offer choices and take them."""

from __future__ import annotations

import pytest
from rasa_sdk.events import SlotSet

from actions.choose import Choose
from actions.clarify import MOST_CHOICES, Clarify
from tests.factories import topic, with_topic

from .running import run

MENU = {"menu": ["annuity", "prize"]}


async def test_menu_offers_titles_and_none_of_these_and_is_remembered() -> None:
    outcome = await run(Clarify, "clarify", ranking=["ask/annuity", "ask/prize"])

    assert outcome.texts == ["clarify"]
    assert outcome.options == ["企业年金", "获奖奖金", "都不是"]
    assert outcome.events == [SlotSet("menu", ["annuity", "prize"])]


async def test_menu_leaves_out_what_is_no_topic_of_the_content() -> None:
    outcome = await run(Clarify, "clarify", ranking=["ask/gone", "chat/help", "oos/pension", "ask/prize"])

    assert outcome.events == [SlotSet("menu", ["prize"])]


async def test_menu_has_few_choices() -> None:
    content = with_topic(topic("annuity", id="more"), topic("annuity", id="most"))
    ranking = [f"ask/{name}" for name in content.topics]

    outcome = await run(Clarify, "clarify", ranking=ranking, content=content)

    assert len(ranking) > MOST_CHOICES
    assert len(outcome.options) == MOST_CHOICES + 1


async def test_nothing_to_offer_is_not_covered() -> None:
    outcome = await run(Clarify, "clarify", ranking=["ask/gone"])

    assert (outcome.texts, outcome.events) == (["not_covered"], [])


@pytest.mark.parametrize(("number", "beginning"), [("1", "企业出钱"), ("2", "省财政给奖金")])
async def test_choice_is_answered_and_the_menu_stays(number: str, beginning: str) -> None:
    outcome = await run(Choose, "choose", entities=[("choice", number)], slots=MENU)

    assert outcome.texts[0].startswith(beginning)
    assert "依据:" in outcome.texts[0]
    assert "menu" not in {event["name"] for event in outcome.events}


async def test_number_after_the_last_is_none_of_these_and_ends_the_menu() -> None:
    outcome = await run(Choose, "choose", entities=[("choice", "3")], slots=MENU)

    assert outcome.texts == ["none_of_these"]
    assert outcome.events == [SlotSet("menu", None)]


@pytest.mark.parametrize(("number", "slots"), [("4", MENU), ("9", MENU), ("1", {}), ("1", {"menu": None})])
async def test_number_that_stands_for_nothing(number: str, slots: dict[str, object]) -> None:
    outcome = await run(Choose, "choose", entities=[("choice", number)], slots=slots)

    assert outcome.texts == ["choose_nothing"]
    assert outcome.options == ["年金谁出钱？"]


async def test_chosen_topic_that_expired_is_not_answered() -> None:
    outcome = await run(Choose, "choose", entities=[("choice", "1")], slots={"menu": ["closed"]})

    assert outcome.texts == ["expired 工会热线12351"]

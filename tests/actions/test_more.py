"""The action that offers what lies next to the last answer."""

from __future__ import annotations

import pytest
from rasa_sdk.events import SlotSet

from actions.clarify import MOST_CHOICES
from actions.more import More
from tests.factories import topic, with_topic

from .running import run


async def test_family_of_the_last_topic_is_a_menu_to_choose_from() -> None:
    outcome = await run(More, "more", slots={"topic": "annuity"})

    assert (outcome.texts, outcome.options) == (["more"], ["获奖奖金", "到期补贴"])
    assert outcome.events == [SlotSet("misses", 0), SlotSet("menu", ["获奖奖金", "到期补贴"])]


async def test_menu_has_few_choices() -> None:
    content = with_topic(*(topic(id=f"annuity{number}") for number in range(MOST_CHOICES)))

    outcome = await run(More, "more", slots={"topic": "annuity"}, content=content)

    assert len(outcome.options) == MOST_CHOICES


@pytest.mark.parametrize("before", [None, "gone", "prize"])
async def test_without_a_family_there_is_help(before: str | None) -> None:
    outcome = await run(More, "more", slots={"topic": before})

    assert (outcome.texts, outcome.options) == (["help"], ["年金谁出钱？"])
    assert outcome.events == [SlotSet("misses", 0), SlotSet("menu", ["年金谁出钱？"])]

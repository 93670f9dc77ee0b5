"""Messages that are not understood, one after the other."""

from __future__ import annotations

import pytest
from rasa_sdk.events import SlotSet

from actions.answer_topic import AnswerTopic
from actions.chat import Chat
from actions.clarify import Clarify
from actions.edge import KnowledgeAction
from actions.hand_over import HandOver
from actions.not_covered import NotCovered

from .running import run

MENU, REFUSAL, PERSON = "clarify", "not_covered", "person_offered 工会热线12351"


@pytest.mark.parametrize(("action", "label", "text"), [(Clarify, "clarify", MENU), (NotCovered, "oos/far", REFUSAL)])
@pytest.mark.parametrize(
    ("misses", "offered"), [(None, False), (0.0, False), (1.0, True), (2.0, True)], ids=["first", "zero", "2nd", "3rd"]
)
async def test_second_failure_in_a_row_is_offered_a_person(
    action: type[KnowledgeAction], label: str, text: str, misses: float | None, offered: bool
) -> None:
    outcome = await run(action, label, ranking=["ask/annuity"], slots={"misses": misses})

    assert sorted(outcome.texts) == sorted([text, PERSON] if offered else [text])
    counts = [event for event in outcome.events if event["name"] == "misses"]
    assert counts[-1] == SlotSet("misses", (misses or 0) + 1)


async def test_person_is_offered_before_the_menu_that_stays_on_the_screen() -> None:
    outcome = await run(Clarify, "clarify", ranking=["ask/annuity"], slots={"misses": 1.0})

    assert outcome.texts == [PERSON, MENU]


async def test_answer_ends_the_row() -> None:
    outcome = await run(AnswerTopic, "ask/annuity", slots={"misses": 1.0})

    assert SlotSet("misses", 0) in outcome.events


@pytest.mark.parametrize(
    ("action", "label"), [(NotCovered, "oos/pension"), (Chat, "chat/greet"), (HandOver, "handoff")]
)
async def test_what_is_understood_ends_the_row_too(action: type[KnowledgeAction], label: str) -> None:
    outcome = await run(action, label, slots={"misses": 1.0})

    assert (len(outcome.texts), outcome.events) == (1, [SlotSet("misses", 0)])

"""What holds for every action: no exception leaves it, and no message ends in silence."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from actions.answer_topic import AnswerTopic
from actions.choose import Choose
from actions.clarify import Clarify
from actions.edge import Events, KnowledgeAction
from bot.assistant.training import NLU_DATA
from policies_kb.model import Entity
from policies_kb.yaml_source import read
from tests.factories import topic, with_topic

from .running import run

BROKEN = with_topic(topic("annuity", contact="gone", answer="{gone}"), topic("closed", contact="gone"))


class Halfway(KnowledgeAction):
    """Fails after it has said something."""

    def name(self) -> str:
        return "action_halfway"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        dispatcher.utter_message(text="half an answer")
        raise RuntimeError("on the way")


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (AnswerTopic, {"label": "ask/annuity"}),
        (AnswerTopic, {"label": "ask/closed"}),
        (Choose, {"entities": [("choice", "1")], "slots": {"menu": ["企业年金"]}}),
        (Choose, {"entities": [], "slots": {"menu": ["企业年金"]}}),
        (Choose, {"entities": [("choice", "first")]}),
    ],
)
async def test_exception_ends_in_trouble(action: type[KnowledgeAction], message: Mapping[str, object]) -> None:
    outcome = await run(action, content=BROKEN, **message)  # type: ignore[arg-type]

    assert (outcome.texts, outcome.events) == (["trouble 工会热线12351"], [])


async def test_half_an_answer_is_taken_back() -> None:
    assert (await run(Halfway)).texts == ["trouble 工会热线12351"]


async def test_message_without_understanding_is_no_trouble() -> None:
    assert (await run(Clarify)).texts == ["not_covered"]


def test_actions_start_without_arguments_on_the_shipped_content() -> None:
    assert AnswerTopic().knowledge is wiring.knowledge_base()
    assert len(wiring.knowledge_base().topics) > 100


def test_every_entity_of_the_content_is_one_of_the_domain() -> None:
    domain, _ = read(NLU_DATA / "domain" / "domain.yml")

    assert domain is not None
    assert {entity.value for entity in Entity} <= set(domain.data["entities"])

"""rasa_sdk actions inside the process."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from actions.answer_topic import AnswerTopic
from bot.assistant.training import NLU_DATA
from policies_kb.yaml_source import read
from tests.factories import knowledge

# Rasa and what it brings warn at import; it is imported within the tests, since that takes seconds.
pytestmark = pytest.mark.filterwarnings("ignore")


def actions_by_name() -> Any:
    from bot.assistant.actions_in_process import actions_of

    return actions_of("actions", knowledge, lambda: date(2026, 3, 2))


def tracker_of(text: str, label: str) -> Any:
    from rasa.shared.core.events import SlotSet, UserUttered
    from rasa.shared.core.slots import ListSlot
    from rasa.shared.core.trackers import DialogueStateTracker

    parsed = {"understanding": {"label": label, "ranking": [{"label": "ask/annuity", "confidence": 0.4}]}}
    tracker = DialogueStateTracker("sender", [ListSlot("menu", [])])
    tracker.update(SlotSet("menu", ["企业年金", "获奖奖金"]))
    tracker.update(UserUttered(text, {"name": "ask"}, [], {**parsed, "entities": []}))
    return tracker


async def run(name: str, tracker: Any) -> list[Any]:
    from rasa.core.channels.channel import CollectingOutputChannel
    from rasa.core.nlg.generator import NaturalLanguageGenerator
    from rasa.shared.core.domain import Domain

    from bot.assistant.actions_in_process import InProcessAction

    action = InProcessAction(actions_by_name()[name])
    generator = NaturalLanguageGenerator.create(None, Domain.empty())
    return await action.run(CollectingOutputChannel(), generator, tracker, Domain.empty())


def test_every_action_of_the_domain_is_found_and_no_other() -> None:
    domain, _ = read(NLU_DATA / "domain" / "domain.yml")

    assert domain is not None
    assert set(actions_by_name()) == set(domain.data["actions"])


def test_actions_speak_from_the_knowledge_base_that_they_were_given() -> None:
    action = actions_by_name()["action_answer_topic"]

    assert isinstance(action, AnswerTopic)
    assert action.knowledge is knowledge()


async def test_what_an_action_says_becomes_an_event() -> None:
    event, *_ = await run("action_answer_topic", tracker_of("年金", "ask/annuity"))

    assert event.type_name == "bot"
    assert event.text.startswith("企业出钱")
    assert event.text.endswith("依据:《小文件》第1条")


async def test_choices_and_slots_become_events() -> None:
    uttered, *slots = await run("action_clarify", tracker_of("年金", "clarify"))

    assert [button["payload"] for button in uttered.data["buttons"]] == ["企业年金", "都不是"]
    assert [(slot.key, slot.value) for slot in slots] == [
        ("misses", 0),
        ("misses", 1),
        ("menu", ["企业年金", "都不是"]),
    ]


async def test_action_sees_the_slots() -> None:
    tracker = tracker_of("2", "choose")
    tracker.latest_message.parse_data["entities"] = [{"entity": "choice", "value": "2"}]

    event, *_ = await run("action_choose", tracker)

    assert event.text.startswith("省财政给奖金")


class FormTalk:
    """A conversation with the form, in which each event reaches the tracker as Rasa lets it."""

    def __init__(self) -> None:
        from rasa.shared.core.domain import Domain
        from rasa.shared.core.trackers import DialogueStateTracker

        self.domain = Domain.load(NLU_DATA / "domain")
        self.tracker = DialogueStateTracker("sender", self.domain.slots)

    def say(self, label: str, **statement: object) -> None:
        """A message of the worker's, to which nothing was answered yet."""
        from rasa.shared.core.events import ActionExecuted, UserUttered

        intent = {"name": label.partition("/")[0]}
        parsed = {"understanding": {"label": label}, "statement": statement, "intent_ranking": [intent], "entities": []}
        self.tracker.update(ActionExecuted("action_listen"))
        self.tracker.update(UserUttered("said", intent, [], parsed), self.domain)

    async def run(self, name: str) -> list[str]:
        """What an action says."""
        from rasa.core.channels.channel import CollectingOutputChannel
        from rasa.core.nlg.generator import NaturalLanguageGenerator
        from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, BotUttered

        from bot.assistant.actions_in_process import InProcessAction, InProcessForm

        actions = actions_by_name()
        form = f"validate_{name}" in actions
        action = (
            InProcessForm(name, InProcessAction(actions[f"validate_{name}"]))
            if form
            else InProcessAction(actions[name])
        )
        generator = NaturalLanguageGenerator.create(None, self.domain)
        events = await action.run(CollectingOutputChannel(), generator, self.tracker, self.domain)
        if not any(isinstance(event, ActionExecutionRejected) for event in events):
            self.tracker.update(ActionExecuted(name))
        self.tracker.update_with_events(events, self.domain)
        return [event.text for event in events if isinstance(event, BotUttered)]


async def test_form_asks_is_interrupted_resumes_and_ends_with_the_verdict() -> None:
    talk = FormTalk()

    talk.say("ask/subsidy", stated={"employed": True, "certificate_date": "2026-01"})
    (verdict,) = await talk.run("action_check_eligibility")
    asked = await talk.run("eligibility_form")
    talk.say("ask/annuity")
    rejected = await talk.run("eligibility_form")
    answered = await talk.run("action_answer_topic")
    resumed = await talk.run("eligibility_form")
    talk.say("oos/unknown", loose=[["duration", "5年"]])
    (concluded,) = await talk.run("eligibility_form")

    assert verdict.startswith("verdict_unknown")
    assert (asked, rejected) == (["参保多久？"], [])
    assert answered[0].startswith("企业出钱")
    assert resumed == ["eligibility_resume 参保多久？"]
    assert concluded.startswith("verdict_met")
    assert talk.tracker.active_loop_name is None

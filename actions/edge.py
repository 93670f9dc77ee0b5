"""The edge of every action: no exception leaves it, and no message ends in silence."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from policies_kb.answer import Named, reply_values, worker_answer
from policies_kb.model import CannedReply, Entity, KnowledgeBase, Topic
from policies_kb.placeholders import fill

Events = list[dict[str, Any]]
log = structlog.get_logger()


class KnowledgeAction(Action, ABC):
    """An action that speaks from the knowledge base; Rasa starts it without arguments, tests pass their own."""

    def __init__(
        self, knowledge: Callable[[], KnowledgeBase] = wiring.knowledge_base, today: Callable[[], date] = date.today
    ) -> None:
        self._knowledge = knowledge
        self._today = today

    @property
    def knowledge(self) -> KnowledgeBase:
        """The content in force; asked for anew on every message, since it can be published at any time."""
        return self._knowledge()

    @abstractmethod
    def name(self) -> str:
        """The name that the domain and the rules use."""

    @abstractmethod
    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say something through the dispatcher and return events."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Act; whatever goes wrong, the worker gets an honest word and a number to call."""
        try:
            return self.act(dispatcher, tracker)
        except Exception:
            log.exception("action_failed", action=self.name())
            dispatcher.messages.clear()
            self.say(dispatcher, "trouble")
            return []

    def say(self, dispatcher: CollectingDispatcher, reply: str, **values: str) -> None:
        """Utter a canned reply with its example questions as buttons."""
        canned: CannedReply = self.knowledge.replies[reply]
        text = fill(canned.text, {**reply_values(self.knowledge), **values})
        examples = [self.knowledge.topics[topic].question for topic in canned.examples]
        utter(dispatcher, text, examples)

    def answer(self, dispatcher: CollectingDispatcher, topic_id: str, named: Named) -> None:
        """Utter a topic's answer, or that it is no longer in force."""
        topic: Topic = self.knowledge.topics[topic_id]
        if topic.in_force(self._today()):
            utter(dispatcher, worker_answer(self.knowledge, topic, named))
        else:
            self.say(dispatcher, "expired", contacts=str(self.knowledge.contacts[topic.contact]))


def utter(dispatcher: CollectingDispatcher, text: str, options: Iterable[str] = ()) -> None:
    """Utter a text with choices; a choice is sent back word for word."""
    dispatcher.utter_message(text=text, buttons=[{"title": option, "payload": option} for option in options])


def label(tracker: Tracker) -> str:
    """What the message was understood as within its intent: the "annuity" of "ask/annuity"."""
    understood: str = tracker.latest_message.get("understanding", {}).get("label", "")
    return understood.partition("/")[2]


def named(tracker: Tracker) -> Named:
    """The levels, awards and places that the message names."""
    known = {entity.value for entity in Entity}
    found: dict[Entity, set[str]] = {}
    for entity in tracker.latest_message.get("entities", []):
        if entity["entity"] in known:
            found.setdefault(Entity(entity["entity"]), set()).add(entity["value"])
    return {entity: frozenset(values) for entity, values in found.items()}

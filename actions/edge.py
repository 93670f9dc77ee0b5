"""The edge of every action: no exception leaves it, and no message ends in silence."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wiring
from policies_kb import chinese_date
from policies_kb.answer import Named, aspect_answer, reply_values, topic_reply
from policies_kb.model import Aspect, CannedReply, KnowledgeBase, Topic
from policies_kb.placeholders import fill

Events = list[dict[str, Any]]
log = structlog.get_logger()


class KnowledgeAction(Action, ABC):
    """An action that speaks from the knowledge base; Rasa starts it without arguments, tests pass their own."""

    def __init__(
        self,
        knowledge: Callable[[], KnowledgeBase] = wiring.knowledge_base,
        today: Callable[[], date] = chinese_date.today,
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
        """Act; whatever goes wrong, the worker gets an honest word and a number to call.

        The choices that are on his screen afterwards are kept in the slot `menu`, so that a number means what it says.
        """
        try:
            events = [SlotSet("misses", 0), *self.act(dispatcher, tracker)]
        except Exception:
            log.exception("action_failed", action=self.name())
            dispatcher.messages.clear()
            self.say(dispatcher, "trouble")
            return []
        options = [button["payload"] for message in dispatcher.messages for button in message.get("buttons") or ()]
        return [*events, SlotSet("menu", options)] if options else events

    def count_miss(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Count a message that was not understood; from the second one in a row on, a person is offered."""
        misses = (tracker.get_slot("misses") or 0) + 1
        if misses > 1:
            self.say(dispatcher, "person_offered")
        return [SlotSet("misses", misses)]

    def say(self, dispatcher: CollectingDispatcher, reply: str, **values: str) -> None:
        """Utter a canned reply with its example questions as buttons."""
        canned: CannedReply = self.knowledge.replies[reply]
        text = fill(canned.text, {**reply_values(self.knowledge), **values})
        examples = [self.knowledge.topics[topic].question for topic in canned.examples]
        utter(dispatcher, text, examples)

    def answer(
        self, dispatcher: CollectingDispatcher, topic_id: str, named: Named, aspects: Sequence[Aspect] = ()
    ) -> None:
        """Utter a topic's answer, only some sides of it where it states them, or that it is no longer in force."""
        topic: Topic = self.knowledge.topics[topic_id]
        today = self._today()
        asked = topic.in_force(today) and aspects
        part = aspect_answer(self.knowledge, topic, aspects, named) if asked else None
        utter(dispatcher, *((part,) if part else topic_reply(self.knowledge, topic, named, today)))


def utter(dispatcher: CollectingDispatcher, text: str, options: Iterable[str] = ()) -> None:
    """Utter a text with choices; a choice is sent back word for word."""
    dispatcher.utter_message(text=text, buttons=[{"title": option, "payload": option} for option in options])

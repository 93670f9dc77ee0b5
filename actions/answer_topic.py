"""Answers the topic that was asked, with the figure that was named or all of them."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.edge import Events, KnowledgeAction
from actions.understood import Understood, understood


class AnswerTopic(KnowledgeAction):
    """The topic is an entity where a choice was tapped, and else the label of the understanding."""

    def name(self) -> str:
        """See the rules."""
        return "action_answer_topic"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """A topic that a model still knows but the content no longer has is honestly not covered.

        A follow-up such as 钱从哪出 gets that side of the topic and not the whole answer again.
        """
        message = understood(tracker)
        tapped: str = next(tracker.get_latest_entity_values("topic"), "")
        topics = [topic for topic in (tapped or message.label, message.also or "") if topic in self.knowledge.topics]
        if not topics:
            self.say(dispatcher, "not_covered")
            return []
        aspects = message.aspects if message.follows and topics[0] == tracker.get_slot("topic") else ()
        for topic in topics:
            self.answer(dispatcher, topic, message.named, aspects)
        asked = self._asked(tracker, message, topics[0])
        return [SlotSet("topic", topics[0]), SlotSet("asked", asked)]

    def _asked(self, tracker: Tracker, message: Understood, topic: str) -> str:
        """The question in full: a follow-up says nothing without the one before it."""
        text: str = tracker.latest_message.get("text") or ""
        if text.startswith("/"):
            return self.knowledge.topics[topic].question
        return f"{tracker.get_slot('asked')} {text}" if message.follows else text

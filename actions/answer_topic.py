"""Answers the topic that was asked, with the figure that was named or all of them."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.edge import Events, KnowledgeAction, label, named


class AnswerTopic(KnowledgeAction):
    """The topic is an entity where a choice was tapped, and else the label of the understanding."""

    def name(self) -> str:
        """See the rules."""
        return "action_answer_topic"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """A topic that a model still knows but the content no longer has is honestly not covered."""
        topic = next(tracker.get_latest_entity_values("topic"), None) or label(tracker)
        if topic in self.knowledge.topics:
            self.answer(dispatcher, topic, named(tracker))
        else:
            self.say(dispatcher, "not_covered")
        return []

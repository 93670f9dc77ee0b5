"""Asks back when several topics come into question."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.edge import Events, KnowledgeAction, utter
from actions.understood import understood

MOST_CHOICES = 4


class Clarify(KnowledgeAction):
    """A menu of up to four titles, and none of these."""

    def name(self) -> str:
        """See the rules."""
        return "action_clarify"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Offer the topics of the ranking that the content has."""
        close = understood(tracker).close_topics
        topics = [topic for topic in close if topic in self.knowledge.topics][:MOST_CHOICES]
        if not topics:
            self.say(dispatcher, "not_covered")
            return self.count_miss(dispatcher, tracker)
        titles = [self.knowledge.topics[topic].title for topic in topics]
        none_of_these = self.knowledge.replies["clarify_none"].text
        missed = self.count_miss(dispatcher, tracker)
        utter(dispatcher, self.knowledge.replies["clarify"].text, [*titles, none_of_these])
        return missed

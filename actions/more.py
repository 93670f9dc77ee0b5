"""Offers what lies next to the topic that was answered last."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.clarify import MOST_CHOICES
from actions.edge import Events, KnowledgeAction, utter
from policies_kb.query import family


class More(KnowledgeAction):
    """还有别的吗 after an answer: a menu of related topics; at the beginning, what can be asked."""

    def name(self) -> str:
        """See the rules."""
        return "action_more"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The topics that lie next to the last one, by title."""
        topics = list(family(self.knowledge, tracker.get_slot("topic") or ""))[:MOST_CHOICES]
        if not topics:
            self.say(dispatcher, "help")
            return []
        titles = [self.knowledge.topics[topic].title for topic in topics]
        utter(dispatcher, self.knowledge.replies["more"].text, titles)
        return []

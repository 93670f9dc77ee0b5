"""Small talk, help and questions about the assistant itself."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.edge import Events, KnowledgeAction
from actions.understood import understood


class Chat(KnowledgeAction):
    """The label of the understanding is the name of the canned reply."""

    def name(self) -> str:
        """See the rules."""
        return "action_chat"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say the reply of that name; help where the content has none."""
        reply = understood(tracker).label
        self.say(dispatcher, reply if reply in self.knowledge.replies else "help")
        return []

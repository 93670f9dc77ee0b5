"""Says honestly what the content does not answer, and who does."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.edge import Events, KnowledgeAction
from actions.understood import understood


class NotCovered(KnowledgeAction):
    """A subject next to the paper gets the office that answers it; anything else the general numbers."""

    def name(self) -> str:
        """See the rules and the policy's fallback."""
        return "action_not_covered"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """No source line, since nothing is answered."""
        near = self.knowledge.near_scope.get(understood(tracker).label)
        if near is None:
            self.say(dispatcher, "not_covered")
            return self.count_miss(dispatcher, tracker)
        contacts = "、".join(str(self.knowledge.contacts[name]) for name in near.contacts)
        self.say(dispatcher, "near_scope", subject=near.title, contacts=contacts)
        return []

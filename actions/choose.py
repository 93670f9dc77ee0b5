"""Takes the number of a choice."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.edge import Events, KnowledgeAction
from policies_kb.query import named_outright


class Choose(KnowledgeAction):
    """2 or 第二个 takes the second choice that was last on the screen."""

    def name(self) -> str:
        """See the rules."""
        return "action_choose"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The menu stays, so that a worker can look at one choice after another."""
        menu: list[str] = tracker.get_slot("menu") or []
        number = int(next(tracker.get_latest_entity_values("choice")))
        chosen = menu[number - 1] if number <= len(menu) else ""
        topic = named_outright(self.knowledge, chosen)
        if topic is not None:
            self.answer(dispatcher, topic.id, {})
            return [SlotSet("topic", topic.id), SlotSet("asked", topic.question)]
        if chosen == self.knowledge.replies["eligibility_offer"].text:
            return [FollowupAction("action_check_eligibility")]
        none_of_these = chosen == self.knowledge.replies["clarify_none"].text
        self.say(dispatcher, "none_of_these" if none_of_these else "choose_nothing")
        return []

"""Takes the number of a choice."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.edge import Events, KnowledgeAction


class Choose(KnowledgeAction):
    """2 or 第二个 answers the second topic of the last menu; the number after the last one is none of these."""

    def name(self) -> str:
        """See the rules."""
        return "action_choose"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The menu stays, so that a worker can look at one choice after another."""
        menu: list[str] = tracker.get_slot("menu") or []
        number = int(next(tracker.get_latest_entity_values("choice")))
        if not menu or number > len(menu) + 1:
            self.say(dispatcher, "choose_nothing")
        elif number == len(menu) + 1:
            self.say(dispatcher, "none_of_these")
            return [SlotSet("menu", None)]
        else:
            topic = menu[number - 1]
            self.answer(dispatcher, topic, {})
            return [SlotSet("topic", topic), SlotSet("asked", self.knowledge.topics[topic].question)]
        return []

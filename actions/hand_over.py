"""Tells how to reach a person."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.edge import Events, KnowledgeAction


class HandOver(KnowledgeAction):
    """The hotline's number and hours."""

    def name(self) -> str:
        """See the rules."""
        return "action_hand_over"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say the canned reply `handoff`."""
        self.say(dispatcher, "handoff")
        return []

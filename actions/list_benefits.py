"""Begins the interview: which ones can I get."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.check_eligibility import FORM, REQUESTED
from actions.edge import Events, KnowledgeAction, utter
from actions.inquiry import Inquiry, standing, stated_of
from actions.understood import understood


class ListBenefits(KnowledgeAction):
    """What was told before, and in the question itself, is not asked again."""

    def name(self) -> str:
        """See the rules."""
        return "action_list_benefits"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Ask, or list at once where there is nothing to ask; somebody else's case is listed and not remembered."""
        statement = understood(tracker).statement
        before = {} if statement.subject == "other" else stated_of(tracker)
        written = {**before, **statement.stated}
        inquiry = Inquiry()
        stands = standing(self.knowledge, inquiry, written, self._today())
        if not stands.asking or not statement.own:
            utter(dispatcher, stands.conclusion())
            return [SlotSet("stated", written)] if statement.own else []
        return [SlotSet("stated", written), inquiry.event(), SlotSet(REQUESTED, None), FollowupAction(FORM)]

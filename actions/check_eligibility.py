"""Says whether a worker qualifies, as far as he told, and begins to ask for the rest."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_topic import AnswerTopic
from actions.edge import Events, utter
from actions.inquiry import Inquiry, assess, filled, inquiry_of, judgement, standing, stated_of
from actions.understood import Statement, Understood, understood
from policies_kb.model import Entity, Topic
from policies_kb.query import tested

FORM = "eligibility_form"
REQUESTED = "requested_slot"
"""Rasa's slot for what the form asks for."""


class CheckEligibility(AnswerTopic):
    """A topic without a rule is answered as it is."""

    def name(self) -> str:
        """See the rules."""
        return "action_check_eligibility"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """What is supposed, or told of somebody else, holds for this verdict only and is not remembered."""
        message = understood(tracker)
        topic = self.knowledge.topics.get(message.label or tracker.get_slot("topic") or "")
        if topic is None or topic.outcome is None or not topic.in_force(self._today()):
            return super().act(dispatcher, tracker)
        if message.label and not self._of_a_case(topic, message):
            return super().act(dispatcher, tracker)
        statement = message.statement
        begun = inquiry_of(tracker)
        inquiry = begun if begun is not None and begun.topic == topic.id else Inquiry(topic.id)
        written = self._written(tracker, topic, statement, inquiry)
        verdict = assess(self.knowledge, topic, written, self._today())
        if message.label or written:
            whose = "supposed" if statement.hypothetical else "other" if statement.subject == "other" else "told"
            utter(dispatcher, judgement(self.knowledge, verdict, self._today(), whose))
        else:
            # The offer below the answer was tapped: the conditions are on the screen already.
            self.say(dispatcher, "eligibility_begin")
        events: Events = [SlotSet("topic", topic.id), SlotSet("asked", self._asked(tracker, message, topic.id))]
        if not statement.own:
            return events
        events.append(SlotSet("stated", written))
        asking = standing(self.knowledge, inquiry, written, self._today()).asking
        if begun is not None and begun.interrupted and not asking:
            # The inquiry that this question interrupted goes on.
            return events
        if inquiry is not begun:
            # What the form asked for another topic is no question of this one.
            events += [inquiry.event(), SlotSet(REQUESTED, None)]
        return [*events, FollowupAction(FORM)] if asking else events

    def _of_a_case(self, topic: Topic, message: Understood) -> bool:
        """Whether it tells of somebody what the rule asks for, and does not merely name levels, places or awards."""
        statement = message.statement
        if not statement.stated:
            return True
        told = statement.stated.keys() & set(tested(self.knowledge, topic.id))
        figures = {entity.value for entity in Entity}
        if told - figures or (statement.loose and not told):
            return True
        compares = any(len(message.named.get(Entity(name), ())) > 1 for name in told & figures)
        return bool(told) and not compares and (statement.subject is not None or statement.hypothetical)

    def _written(self, tracker: Tracker, topic: Topic, statement: Statement, inquiry: Inquiry) -> dict[str, bool | str]:
        """What is known for this verdict: somebody else shares nothing with the worker but the topic."""
        before = {} if statement.subject == "other" else stated_of(tracker)
        # A figure without a word that says what it is, as in 说错了，是5年, is what was told last, or what a condition asks.
        latest = [inquiry.latest] if inquiry.latest else []
        wanted = [*latest, *(condition.slot for condition in topic.conditions)]
        return {**before, **filled(self.knowledge, statement, wanted)}

"""The questions of an inquiry: takes the answer to the last one and asks the next, until nothing is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecutionRejected, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.check_eligibility import FORM, REQUESTED
from actions.edge import Events, KnowledgeAction, utter
from actions.inquiry import Inquiry, Written, filled, inquiry_of, standing, stated_of, why
from actions.understood import Understood, understood
from policies_kb.eligibility.rule import Kind, Slot

LONGEST_ANSWER = 10
"""Characters; what is longer and not understood as an answer is a question of its own."""
CERTAIN = 0.9
"""The confidence from which such a message asks for what it was understood as, whatever else it tells."""
# What a bare number counts that answers a question.
_UNITS = {Kind.DURATION: "年", Kind.AMOUNT: "元", Kind.PERCENT: "%"}
# A message that says nothing else than an answer could; anything clearer is another question.
_UNCLEAR = {("clarify", ""), ("choose", ""), ("oos", "unknown"), ("chat", "noise")}


class ValidateEligibilityForm(KnowledgeAction):
    """Rasa calls it when the form begins, on every message while it is open, and after an interruption."""

    def name(self) -> str:
        """Rasa's name for the action that validates eligibility_form."""
        return f"validate_{FORM}"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Without an inquiry there is nothing to ask."""
        inquiry, requested = inquiry_of(tracker), tracker.get_slot(REQUESTED)
        if inquiry is None:
            return [SlotSet(REQUESTED, None)]
        topic = self.knowledge.topics.get(inquiry.topic or "")
        if topic is not None and not topic.in_force(self._today()):
            # It ended, or an operator stopped it, since the inquiry began.
            self.answer(dispatcher, topic.id, {})
            return [SlotSet(REQUESTED, None), SlotSet("inquiry", None)]
        if requested is None:
            return self._go_on(dispatcher, inquiry, stated_of(tracker))
        if inquiry.interrupted:
            return self._resume(dispatcher, replace(inquiry, interrupted=False), stated_of(tracker), requested)
        return self._take(dispatcher, tracker, inquiry, requested)

    def _resume(self, dispatcher: CollectingDispatcher, inquiry: Inquiry, written: Written, requested: str) -> Events:
        """Ask again, unless the interruption answered it."""
        if requested in standing(self.knowledge, inquiry, written, self._today()).asking:
            return self._ask(dispatcher, inquiry, requested, "eligibility_resume")
        return self._go_on(dispatcher, inquiry, written, heard=True)

    def _take(self, dispatcher: CollectingDispatcher, tracker: Tracker, inquiry: Inquiry, requested: str) -> Events:
        message, written = understood(tracker), stated_of(tracker)
        slot = self.knowledge.slots.get(requested)
        if slot is None:
            # The content has been changed since the question was asked.
            return self._go_on(dispatcher, inquiry.without(requested), written)
        said = self._said(tracker, slot)
        if message.statement.stop:
            self.say(dispatcher, "eligibility_stopped")
            return [SlotSet(REQUESTED, None), SlotSet("inquiry", None)]
        if message.statement.skip or said == self._reply("eligibility_skip"):
            return self._go_on(dispatcher, inquiry.without(requested), written)
        told = self._told(message, inquiry, requested, said)
        intent: str = tracker.get_intent_of_latest_message() or ""
        wanted = {requested, *standing(self.knowledge, inquiry, written, self._today()).asking}
        another = intent in ("ask", "qualify") and message.label != inquiry.topic
        answers = bool(told.keys() & wanted) and not (another and message.statement.asks)
        # 那工会那个创业贷款呢，我可是在岗职工 tells something, too, but asks for another topic outright.
        outright = another and message.confidence >= CERTAIN and len(said) > LONGEST_ANSWER
        if told and message.statement.own and not outright and (requested in told or answers or not another):
            latest = requested if requested in told else next(iter(told))
            # What corrects something else does not ask for a more exact answer to this question.
            before = requested if told.keys() & {requested, *slot.sources} else None
            return self._go_on(dispatcher, replace(inquiry, latest=latest), {**written, **told}, before, heard=True)
        if (intent, message.label) not in _UNCLEAR or (intent == "clarify" and len(said) > LONGEST_ANSWER):
            return [replace(inquiry, interrupted=True).event(), ActionExecutionRejected(FORM)]
        return self._go_on(dispatcher, inquiry, written, requested, "eligibility_unclear")

    def _go_on(
        self,
        dispatcher: CollectingDispatcher,
        inquiry: Inquiry,
        written: Written,
        before: str | None = None,
        again: str = "eligibility_more_exact",
        *,
        heard: bool = False,
    ) -> Events:
        """Ask the next question, or conclude; `again` introduces the question `before` where it has to be repeated.

        Where something was `heard`, the worker is told how he stands.
        """
        stands = standing(self.knowledge, inquiry, written, self._today())
        stated = SlotSet("stated", dict(written))
        if not stands.asking:
            utter(dispatcher, stands.conclusion())
            return [stated, inquiry.event(), SlotSet(REQUESTED, None)]
        slot = before if before in stands.asking else stands.asking[0]
        if heard and stands.progress and slot != before:
            utter(dispatcher, stands.progress())
        return [stated, *self._ask(dispatcher, inquiry.asked(slot), slot, again if slot == before else None)]

    def _ask(self, dispatcher: CollectingDispatcher, inquiry: Inquiry, slot: str, introduction: str | None) -> Events:
        asked = self.knowledge.slots[slot]
        parts = [self._reply(introduction)] if introduction else []
        if introduction and introduction != "eligibility_resume":
            parts.append(why(self.knowledge, inquiry, slot))
        # A figure is typed, and a bare one must not be taken for the number of a choice.
        choices = [*self._flags(asked), *asked.choices]
        options = [*choices, self._reply("eligibility_skip")] if choices else []
        utter(dispatcher, "".join((*parts, asked.question)), options)
        return [inquiry.event(), SlotSet(REQUESTED, slot)]

    def _told(self, message: Understood, inquiry: Inquiry, requested: str, said: str) -> Written:
        """What the message tells: a choice as it stands, else what was read from it."""
        slot = self.knowledge.slots[requested]
        if said in slot.choices:
            return {requested: said}
        if said in self._flags(slot):
            return {requested: self._flags(slot)[said]}
        loose = dict(message.statement.loose)
        if slot.none and loose.get("flag") is False:
            return {requested: slot.none}
        number = loose.get("number")
        if number is not None and slot.kind in _UNITS:
            return {requested: f"{number}{_UNITS[slot.kind]}"}
        latest = [inquiry.latest] if inquiry.latest and message.statement.correction else []
        return filled(self.knowledge, message.statement, (*latest, requested, *slot.sources))

    def _said(self, tracker: Tracker, slot: Slot) -> str:
        """The text, or the choice on the screen whose number it is."""
        number = next(tracker.get_latest_entity_values("choice"), None)
        menu: list[str] = tracker.get_slot("menu") or []
        if number is not None and (slot.choices or self._flags(slot)) and int(number) <= len(menu):
            return menu[int(number) - 1]
        return (tracker.latest_message.get("text") or "").strip()

    def _flags(self, slot: Slot) -> Mapping[str, bool]:
        """The answers to a yes-or-no question as they are shown."""
        if slot.kind is not Kind.FLAG:
            return {}
        return {self._reply("eligibility_yes"): True, self._reply("eligibility_no"): False}

    def _reply(self, name: str) -> str:
        return self.knowledge.replies[name].text

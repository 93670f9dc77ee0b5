"""An inquiry into whether a worker qualifies, as it is kept between his messages in two slots of the conversation.

`stated` is what he told about himself, `inquiry` what is being asked: for a topic, or for all that he may get.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

import msgspec
from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.understood import Statement
from policies_kb.answer import topic_wording
from policies_kb.eligibility.evaluate import Answers, Verdict, evaluate
from policies_kb.eligibility.instead import instead
from policies_kb.eligibility.report import progress_text, survey_text, verdict_text
from policies_kb.eligibility.survey import survey
from policies_kb.eligibility.values import Value, ValueInvalid, parse
from policies_kb.model import KnowledgeBase, Topic

Written = Mapping[str, bool | str]
MOST_TRIES = 2
"""How often one thing is asked for; after that it stays unknown."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """`topic` is an id, or None for everything; `tries` counts the questions by slot; `latest` is the slot told last.

    `interrupted` says that another question was answered in between, so that the last one has to be asked again.
    """

    topic: str | None = None
    tries: Mapping[str, int] = field(default_factory=dict)
    latest: str | None = None
    interrupted: bool = False

    def asked(self, slot: str) -> Inquiry:
        """The inquiry with one more question for a slot."""
        return replace(self, tries={**self.tries, slot: self.tries.get(slot, 0) + 1})

    def without(self, slot: str) -> Inquiry:
        """The inquiry that does not ask for a slot any more."""
        return replace(self, tries={**self.tries, slot: MOST_TRIES})

    def event(self) -> dict[str, Any]:
        """What keeps it until the next message."""
        kept: dict[str, Any] = SlotSet("inquiry", msgspec.to_builtins(self))
        return kept


@dataclass(frozen=True, slots=True)
class Standing:
    """How an inquiry stands: the slots still to be asked for, and what can be said of it, written when it is wanted.

    `conclusion` is what it comes to if nothing more is told; `progress` says in short what is missing, and there is none
    where all benefits are looked through.
    """

    asking: tuple[str, ...]
    conclusion: Callable[[], str]
    progress: Callable[[], str] | None = None


def inquiry_of(tracker: Tracker) -> Inquiry | None:
    """The inquiry that was begun in this conversation, or None."""
    kept = tracker.get_slot("inquiry")
    return None if kept is None else msgspec.convert(kept, Inquiry)


def stated_of(tracker: Tracker) -> Written:
    """What the worker told about himself in this conversation."""
    return tracker.get_slot("stated") or {}


def standing(knowledge: KnowledgeBase, inquiry: Inquiry, written: Written, today: date) -> Standing:
    """How the inquiry stands on the day `today` with what was told."""
    spent = {slot for slot, tries in inquiry.tries.items() if tries >= MOST_TRIES}
    topic = knowledge.topics.get(inquiry.topic or "")
    if topic is not None:
        verdict = assess(knowledge, topic, written, today)
        needed = dict.fromkeys(condition.slot for condition in verdict.missing)
        asking = tuple(slot for slot in needed if slot not in spent)
        conclusion = partial(judgement, knowledge, verdict, today)
        return Standing(asking, conclusion, partial(progress_text, knowledge, verdict))
    found = survey(knowledge, _answers(knowledge, written), today, spent | set(written))
    enough = len(inquiry.tries) >= knowledge.interview.most_questions
    return Standing(() if enough else found.asking, partial(survey_text, knowledge, found))


def judgement(knowledge: KnowledgeBase, verdict: Verdict, today: date, whose: str = "told") -> str:
    """What the worker reads of a verdict, with what he may get instead."""
    return verdict_text(knowledge, verdict, whose, instead(knowledge, verdict, today))


def why(knowledge: KnowledgeBase, inquiry: Inquiry, slot: str) -> str:
    """Why a slot is asked for, by the first condition that tests it; empty where the inquiry is for everything."""
    topic = knowledge.topics.get(inquiry.topic or "")
    reasons = [condition.why for condition in topic.conditions if condition.slot == slot] if topic else []
    return topic_wording(knowledge, topic, reasons[0], {}) if topic and reasons else ""


def assess(knowledge: KnowledgeBase, topic: Topic, written: Written, today: date) -> Verdict:
    """The verdict on a topic; an answer that the content no longer takes counts as not given."""
    return evaluate(topic, knowledge.slots, _answers(knowledge, written), today)


def filled(knowledge: KnowledgeBase, statement: Statement, wanted: Iterable[str]) -> dict[str, bool | str]:
    """What a statement tells, its loose values given to the `wanted` slots: each to the first of its kind."""
    told = dict(statement.stated)
    loose = list(statement.loose)
    for name in wanted:
        slot = knowledge.slots.get(name)
        if slot is None or name in told:
            continue
        fitting = next((value for value in loose if value[0] == slot.kind.value), None)
        if fitting is not None:
            loose.remove(fitting)
            told[name] = fitting[1]
    return told


def _answers(knowledge: KnowledgeBase, written: Written) -> Answers:
    answers: dict[str, Value] = {}
    for name, value in written.items():
        slot = knowledge.slots.get(name)
        if slot is None:
            continue
        try:
            answers[name] = parse(slot, value)
        except ValueInvalid:
            continue
    return answers

"""What the form shows next: a question, or the verdict, with what was answered so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.eligibility.form import Form, Trouble, retyped, written
from bot.eligibility.service import EligibilityService
from policies_kb.answer import topic_wording
from policies_kb.eligibility.display import display
from policies_kb.eligibility.evaluate import Verdict
from policies_kb.eligibility.request import asked_slots, missing_slots
from policies_kb.eligibility.summary import QuestionSummary, VerdictSummary, question_summary, verdict_summary
from policies_kb.model import KnowledgeBase, Topic


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as the page shows it (`shown` is None where the person does not know) and carries it."""

    slot: str
    title: str
    shown: str | None
    written: str


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with its place among all of the topic, why it is asked, and what was typed and is wrong with it."""

    question: QuestionSummary
    number: int
    of: int
    why: str
    typed: str
    trouble: Trouble | None


@dataclass(frozen=True, slots=True)
class Step:
    """`asking` is None once nothing is left to ask; then there is a verdict. `skipped` goes along with the page."""

    topic: Topic
    given: tuple[Given, ...]
    skipped: tuple[str, ...]
    asking: Asking | None
    verdict: VerdictSummary | None


def step(service: EligibilityService, topic: Topic, form: Form) -> Step:
    """The page that follows from the form."""
    knowledge = service.knowledge
    verdict = service.verdict(topic, form.answers)
    slot = form.again or _next(knowledge, verdict, form)
    return Step(
        topic=topic,
        given=tuple(_given(knowledge, topic, form)),
        skipped=form.skipped,
        asking=_asking(knowledge, topic, form, slot, service.today) if slot else None,
        verdict=None if slot else verdict_summary(knowledge, verdict),
    )


def _next(knowledge: KnowledgeBase, verdict: Verdict, form: Form) -> str | None:
    """The first slot that is worth asking for."""
    wanted = {condition.slot for condition in verdict.missing}
    skipped = set(form.skipped)
    # Of two sums that only a third figure is worked out from, one alone is of no use.
    for slot in knowledge.slots.values():
        if skipped & set(slot.sources):
            skipped |= set(slot.sources) - wanted
    return next((name for name in missing_slots(knowledge, verdict) if name not in skipped), None)


def _given(knowledge: KnowledgeBase, topic: Topic, form: Form) -> list[Given]:
    """What the topic's questions were answered with, in the order of the questions."""
    given = []
    for name in asked_slots(knowledge, topic):
        slot, value = knowledge.slots[name], form.answers.get(name)
        if value is not None:
            given.append(Given(name, slot.title, display(slot, value), written(slot, value)))
        elif name in form.skipped:
            given.append(Given(name, slot.title, None, ""))
    return given


def _asking(knowledge: KnowledgeBase, topic: Topic, form: Form, name: str, today: date) -> Asking:
    asked = asked_slots(knowledge, topic)
    value = form.answers.get(name)
    vague = value is not None and not form.again
    typed = retyped(knowledge.slots[name], value, today) if vague else form.typed
    return Asking(
        question=question_summary(knowledge, name),
        number=asked.index(name) + 1 if name in asked else len(asked),
        of=len(asked),
        why=_why(knowledge, topic, name),
        typed=typed,
        trouble=Trouble.VAGUE if vague else form.trouble,
    )


def _why(knowledge: KnowledgeBase, topic: Topic, name: str) -> str:
    """Why the first condition that needs the slot asks for it."""
    for condition in topic.conditions:
        if name in (knowledge.slots[condition.slot].sources or (condition.slot,)):
            return topic_wording(knowledge, topic, condition.why, {})
    return ""

"""A verdict, and what a topic asks, as plain data for other programs: the shape of the API's JSON."""

from __future__ import annotations

import msgspec

from policies_kb.answer import note_lines, topic_wording
from policies_kb.base import ItemNumber
from policies_kb.eligibility import report
from policies_kb.eligibility.display import display
from policies_kb.eligibility.evaluate import Finding, Status, Verdict
from policies_kb.eligibility.request import asked_slots, missing_slots
from policies_kb.eligibility.rule import Kind, Operator
from policies_kb.eligibility.values import encode
from policies_kb.model import KnowledgeBase, Topic


class ConditionSummary(msgspec.Struct, frozen=True):
    """A condition and what became of it; `value` is the answer in its written form, `shown` in plain words."""

    text: str
    item: ItemNumber
    cite: str
    status: Status
    slot: str
    operator: Operator
    required: bool | str | tuple[str, ...]
    value: bool | str | None
    shown: str | None
    why: str


class QuestionSummary(msgspec.Struct, frozen=True):
    """What to ask a person for a slot, and what kind of answer it takes."""

    slot: str
    title: str
    question: str
    kind: Kind
    choices: tuple[str, ...]


class SourceSummary(msgspec.Struct, frozen=True):
    """An item of a paper, and how it is cited."""

    document: str
    item: ItemNumber
    cite: str


class VerdictSummary(msgspec.Struct, frozen=True):
    """A verdict with everything that a reader needs to check it.

    `outcome` and `computed` are what follows where every condition is met, None once one is not; `changes` then says
    what would help. `text` is the whole as a worker reads it.
    """

    topic: str
    title: str
    verdict: Status
    conditions: tuple[ConditionSummary, ...]
    outcome: str | None
    computed: str | None
    changes: tuple[str, ...]
    missing: tuple[QuestionSummary, ...]
    guidance: str
    notes: tuple[str, ...]
    sources: tuple[SourceSummary, ...]
    text: str


class TopicSummary(msgspec.Struct, frozen=True):
    """A topic with a rule, and what it asks."""

    topic: str
    title: str
    question: str
    sources: tuple[SourceSummary, ...]
    slots: tuple[QuestionSummary, ...]


def verdict_summary(knowledge: KnowledgeBase, verdict: Verdict) -> VerdictSummary:
    """The verdict as plain data."""
    topic = verdict.topic
    possible = verdict.status is not Status.NOT_MET
    return VerdictSummary(
        topic=topic.id,
        title=topic.title,
        verdict=verdict.status,
        conditions=tuple(_condition(knowledge, verdict, finding) for finding in verdict.findings),
        outcome=report.outcome_text(knowledge, verdict) if possible else None,
        computed=report.computed_text(verdict) if possible else None,
        changes=report.changes(knowledge, verdict),
        missing=tuple(question_summary(knowledge, slot) for slot in missing_slots(knowledge, verdict)),
        guidance=report.guidance_text(knowledge, topic),
        notes=note_lines(knowledge, topic),
        sources=_sources(knowledge, topic),
        text=report.verdict_text(knowledge, verdict),
    )


def topic_summary(knowledge: KnowledgeBase, topic: Topic) -> TopicSummary:
    """What a form for the topic needs."""
    questions = tuple(question_summary(knowledge, slot) for slot in asked_slots(knowledge, topic))
    return TopicSummary(topic.id, topic.title, topic.question, _sources(knowledge, topic), questions)


def question_summary(knowledge: KnowledgeBase, name: str) -> QuestionSummary:
    """What to ask for a slot."""
    slot = knowledge.slots[name]
    return QuestionSummary(name, slot.title, slot.question, slot.kind, slot.choices)


def _condition(knowledge: KnowledgeBase, verdict: Verdict, finding: Finding) -> ConditionSummary:
    condition, slot = finding.condition, knowledge.slots[finding.condition.slot]
    return ConditionSummary(
        text=report.condition_text(knowledge, verdict, finding),
        item=condition.item,
        cite=_cite(knowledge, verdict.topic.sources[0].document, condition.item),
        status=finding.status,
        slot=condition.slot,
        operator=condition.operator,
        required=condition.value,
        value=None if finding.value is None else encode(slot, finding.value),
        shown=None if finding.value is None else display(slot, finding.value),
        why=topic_wording(knowledge, verdict.topic, condition.why, {}),
    )


def _sources(knowledge: KnowledgeBase, topic: Topic) -> tuple[SourceSummary, ...]:
    return tuple(
        SourceSummary(knowledge.documents[ref.document].title, ref.item, _cite(knowledge, ref.document, ref.item))
        for ref in topic.sources
    )


def _cite(knowledge: KnowledgeBase, document: str, number: ItemNumber) -> str:
    item = knowledge.documents[document].item(number)
    return item.cite if item is not None else ""

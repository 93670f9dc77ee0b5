"""Which ones can I get: all benefits at once, what is certain first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from policies_kb.eligibility.evaluate import Answers, Status, Verdict, evaluate
from policies_kb.model import KnowledgeBase


@dataclass(frozen=True, slots=True)
class Survey:
    """`certain` are the benefits whose every condition is met; of a `possible` one some are met and none is failed.

    `asking` are the slots still worth asking for, in the order of the interview.
    """

    certain: tuple[Verdict, ...]
    possible: tuple[Verdict, ...]
    asking: tuple[str, ...]


def survey(knowledge: KnowledgeBase, answers: Answers, today: date, left_out: Collection[str] = ()) -> Survey:
    """The benefits of the interview on the day `today`; slots that are `left_out` are not asked for (again)."""
    topics = (knowledge.topics[topic] for topic in knowledge.interview.topics)
    verdicts = [evaluate(topic, knowledge.slots, answers, today) for topic in topics if topic.in_force(today)]
    undecided = [verdict for verdict in verdicts if verdict.status is Status.UNKNOWN]
    needed = {condition.slot for verdict in undecided for condition in verdict.missing}
    possible = [verdict for verdict in undecided if len(verdict.missing) < len(verdict.findings)]
    return Survey(
        certain=tuple(verdict for verdict in verdicts if verdict.status is Status.MET),
        possible=tuple(sorted(possible, key=lambda verdict: len(verdict.missing))),
        asking=tuple(slot for slot in knowledge.interview.slots if slot in needed and slot not in left_out),
    )

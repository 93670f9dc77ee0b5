"""What somebody may get instead, where his level, place or award rules a benefit out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from policies_kb.eligibility.evaluate import Status, Verdict, evaluate
from policies_kb.model import KnowledgeBase
from policies_kb.query import family

MOST = 2


def instead(knowledge: KnowledgeBase, verdict: Verdict, today: date) -> tuple[Verdict, ...]:
    """Neighbours of a topic whose rule takes the very choice that this one's does not, and fails on nothing else."""
    failed = {
        finding.condition.slot
        for finding in verdict.findings
        if finding.status is Status.NOT_MET and isinstance(finding.value, str)
    }
    return tuple(_fitting(knowledge, verdict, failed, today))[:MOST] if failed else ()


def _fitting(knowledge: KnowledgeBase, verdict: Verdict, failed: set[str], today: date) -> Iterator[Verdict]:
    for neighbour in family(knowledge, verdict.topic.id):
        topic = knowledge.topics[neighbour]
        if topic.outcome is None or not topic.in_force(today):
            continue
        other = evaluate(topic, knowledge.slots, verdict.answers, today)
        takes = any(finding.status is Status.MET and finding.condition.slot in failed for finding in other.findings)
        if takes and other.status is not Status.NOT_MET:
            yield other

"""How long one eligibility rule takes: the shipped one with the most conditions, each of them decided."""

from __future__ import annotations

from datetime import date
from statistics import median
from timeit import repeat

from policies_kb import loader
from policies_kb.eligibility.evaluate import evaluate
from policies_kb.eligibility.request import asked_slots, read_answers
from policies_kb.eligibility.rule import Kind, Slot
from tests.benchmarks.tables import Table

_TODAY = date(2026, 3, 2)
_ROUNDS, _CALLS = 21, 500
_MICRO = 1e6
_ANSWERS = {Kind.FLAG: True, Kind.DATE: "2026-02-01", Kind.DURATION: "5年", Kind.AMOUNT: "4000元", Kind.PERCENT: "50%"}


def table() -> Table:
    """Median microseconds of one evaluation."""
    knowledge = loader.load()
    topic = max(knowledge.topics.values(), key=lambda one: len(one.conditions) if one.outcome else 0)
    written = {name: _answer(knowledge.slots[name]) for name in asked_slots(knowledge, topic)}
    answers = read_answers(knowledge.slots, written)
    rounds = repeat(lambda: evaluate(topic, knowledge.slots, answers, _TODAY), number=_CALLS, repeat=_ROUNDS)
    name = f"one rule, µs ({topic.id}: {len(topic.conditions)} conditions)"
    return Table(
        f"Eligibility (median of {_ROUNDS} × {_CALLS})",
        ["measured", "ours"],
        [[name, f"{median(rounds) / _CALLS * _MICRO:.0f}"]],
    )


def _answer(slot: Slot) -> object:
    return slot.choices[0] if slot.choices else _ANSWERS[slot.kind]

"""Tests a topic's conditions against what is known of a person: met, not met, or not known, and never a guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from dateutil.relativedelta import relativedelta

from policies_kb.eligibility import calculators
from policies_kb.eligibility.rule import Condition, Kind, Operator, Slot
from policies_kb.eligibility.values import Range, Value, days, number, parse
from policies_kb.model import Topic

Answers = Mapping[str, Value]
"""What is known of a person, by slot."""


class Status(str, Enum):
    """The value of a condition, and of a rule as a whole."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one condition, and the answer that decided it."""

    condition: Condition
    status: Status
    value: Value | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`status` is met where every condition is, not met where one is not, and otherwise unknown.

    `computed` is the sum that the topic's calculator gives, in yuan.
    """

    topic: Topic
    status: Status
    findings: tuple[Finding, ...]
    answers: Answers
    computed: Range[Decimal] | None = None

    @property
    def missing(self) -> tuple[Condition, ...]:
        """The conditions that are not known, in their order; nothing is missing once one is not met."""
        if self.status is Status.NOT_MET:
            return ()
        return tuple(finding.condition for finding in self.findings if finding.status is Status.UNKNOWN)


def evaluate(topic: Topic, slots: Mapping[str, Slot], answers: Answers, today: date) -> Verdict:
    """The verdict on a topic that has a rule (`topic.outcome`), on the day `today`."""
    known = with_derived(slots, answers)
    findings = tuple(_finding(condition, slots[condition.slot], known, today) for condition in topic.conditions)
    statuses = {finding.status for finding in findings}
    if Status.NOT_MET in statuses:
        status = Status.NOT_MET
    else:
        status = Status.UNKNOWN if Status.UNKNOWN in statuses else Status.MET
    return Verdict(topic, status, findings, known, _computed(topic, known))


def with_derived(slots: Mapping[str, Slot], answers: Answers) -> Answers:
    """The answers, and what follows from them for slots that can be worked out; an answer of its own wins."""
    known = dict(answers)
    for name, slot in slots.items():
        if slot.derived is not None and name not in known:
            given = _numbers(known, slot.derived.slots)
            if given is not None:
                known[name] = calculators.DERIVED[slot.derived.calculator](*given)
    return known


def earliest_within(today: date, months: int) -> date:
    """The first day from which `months` have not yet run out on `today`."""
    day: date = today - relativedelta(months=months)
    # The 28th of February may be reached from later days of a longer month.
    return day if day + relativedelta(months=months) >= today else day + timedelta(days=1)


def _finding(condition: Condition, slot: Slot, known: Answers, today: date) -> Finding:
    value = known.get(condition.slot)
    if value is None:
        return Finding(condition, Status.UNKNOWN, None)
    if isinstance(value, Range):
        return Finding(condition, _compared(value, *_bounds(condition, slot, today)), value)
    written = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    accepted = [parse(slot, one) for one in written]
    return Finding(condition, Status.MET if value in accepted else Status.NOT_MET, value)


def _compared(value: Range[Any], low: Any, high: Any) -> Status:
    """Where a value that is known roughly lies to the bounds, either of which may be None."""
    if (low is None or value.low >= low) and (high is None or value.high <= high):
        return Status.MET
    outside = (low is not None and value.high < low) or (high is not None and value.low > high)
    return Status.NOT_MET if outside else Status.UNKNOWN


def _bounds(condition: Condition, slot: Slot, today: date) -> tuple[date | Decimal | None, date | Decimal | None]:
    """The lowest and the highest value that meets the condition."""
    text = str(condition.value)
    if condition.operator is Operator.WITHIN:
        return earliest_within(today, int(number(Kind.DURATION, text))), today
    if condition.operator is Operator.SINCE:
        return days(text).low, None
    bound = number(slot.kind, text)
    return (None, bound) if condition.operator is Operator.AT_MOST else (bound, None)


def _numbers(known: Answers, names: Sequence[str]) -> tuple[Range[Decimal], Range[Decimal]] | None:
    """Two amounts, where both are known."""
    given = [value for name in names if isinstance(value := known.get(name), Range)]
    return (given[0], given[1]) if len(given) == 2 else None  # type: ignore[return-value]  # amounts, by the check of the content


def _computed(topic: Topic, known: Answers) -> Range[Decimal] | None:
    outcome = topic.outcome
    if outcome is None or outcome.calculator is None:
        return None
    given = _numbers(known, outcome.slots)
    if given is None:
        return None
    rate = next(fact.value for fact in topic.facts if fact.name == outcome.rate)
    return calculators.COMPUTED[outcome.calculator](*given, Decimal(rate))

"""What people could answer: hypothesis strategies for the slots of the small knowledge base."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from policies_kb.eligibility.evaluate import Answers
from policies_kb.eligibility.rule import Kind, Slot
from policies_kb.eligibility.values import Range, Value
from tests.factories import knowledge

TODAY = date(2026, 3, 2)
SLOTS = knowledge().slots
RULES = [topic for topic in knowledge().topics.values() if topic.outcome is not None]

_DAYS = st.dates(date(2016, 11, 1), TODAY + timedelta(days=60))
_NUMBERS = {
    Kind.DURATION: st.integers(0, 60).map(Decimal),
    Kind.AMOUNT: st.integers(0, 1_200_000).map(lambda cents: Decimal(cents) / 100),
    Kind.PERCENT: st.decimals(0, 100, places=3),
}


def days(least: int = 0, most: int = 800) -> st.SearchStrategy[Range[date]]:
    """A date that is known to so many days more than one."""
    spans = st.integers(least, most)
    return st.builds(lambda first, more: Range(first, first + timedelta(days=more)), _DAYS, spans)


def numbers(kind: Kind) -> st.SearchStrategy[Range[Decimal]]:
    """A number that is known exactly or roughly."""
    ends = _NUMBERS[kind]
    roughly = st.tuples(ends, ends).map(lambda pair: Range(min(pair), max(pair)))
    return st.one_of(ends.map(lambda end: Range(end, end)), roughly)


def values(slot: Slot) -> st.SearchStrategy[Value]:
    """Any answer to a slot."""
    if slot.kind is Kind.FLAG:
        return st.booleans()
    if slot.kind is Kind.CHOICE:
        return st.sampled_from(slot.choices)
    return days() if slot.kind is Kind.DATE else numbers(slot.kind)


def answers(left_out: Collection[str] = ()) -> st.SearchStrategy[Answers]:
    """Answers to some of the slots."""
    optional = {name: values(slot) for name, slot in SLOTS.items() if name not in left_out}
    return st.fixed_dictionaries({}, optional=optional)

"""The formulas that rules may name, each over answers that may be known only roughly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from policies_kb.eligibility.rule import Calculator
from policies_kb.eligibility.values import Range

Numbers = Range[Decimal]
_HUNDRED, _NOTHING = Decimal(100), Decimal(0)


def fall_in_percent(before: Numbers, now: Numbers) -> Numbers:
    """By how many percent pay fell from `before` to `now`, both in yuan a month and above nothing; 0 where it rose."""
    return Range(_percent(before.low, now.high), _percent(before.high, now.low))


def share_of_fall(before: Numbers, now: Numbers, rate: Decimal) -> Numbers:
    """`rate` percent of the fall from `before` to `now`, in yuan a month; 0 where pay rose."""
    least, most = (max(_NOTHING, fall) for fall in (before.low - now.high, before.high - now.low))
    return Range(least * rate / _HUNDRED, most * rate / _HUNDRED)


DERIVED: Mapping[Calculator, Callable[[Numbers, Numbers], Numbers]] = {Calculator.FALL_IN_PERCENT: fall_in_percent}
COMPUTED: Mapping[Calculator, Callable[[Numbers, Numbers, Decimal], Numbers]] = {
    Calculator.SHARE_OF_FALL: share_of_fall
}


def _percent(before: Decimal, now: Decimal) -> Decimal:
    return max(_NOTHING, (before - now) * _HUNDRED / before) if before > 0 else _NOTHING

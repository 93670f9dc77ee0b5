"""Answers as a worker reads them: 是, 高级工, 3年, 2年11个月, 8000元, 去年 as 2025年."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_DOWN, Decimal

from policies_kb.chinese_date import written
from policies_kb.eligibility.rule import Kind, Slot
from policies_kb.eligibility.values import SIGNS, Range, Value, days

_CENT = Decimal("0.01")


def display(slot: Slot, value: Value) -> str:
    """A value in plain words."""
    if isinstance(value, bool):
        return "是" if value else "不是"
    if not isinstance(value, Range):
        return value
    if isinstance(value.low, date):
        return _days(value.low, value.high)
    low, high = (_number(slot.kind, end) for end in (value.low, value.high))
    return low if low == high else f"{low}至{high}"


def _days(low: date, high: date) -> str:
    """A day, a month or a year by its name, anything else from its first to its last day."""
    if low == high:
        return written(low)
    if Range(low, high) == days(low.isoformat()[:4]):
        return f"{low.year}年"
    if Range(low, high) == days(low.isoformat()[:7]):
        return f"{low.year}年{low.month}月"
    return f"{written(low)}至{written(high)}"


def _number(kind: Kind, number: Decimal) -> str:
    if kind is not Kind.DURATION:
        # Rounded up, 49.999% would read as the 50% that it falls short of.
        return f"{number.quantize(_CENT, ROUND_DOWN).normalize():f}{SIGNS[kind]}"
    years, months = divmod(number, 12)
    parts = [f"{years:f}年"] if years else []
    return "".join([*parts, f"{months:f}个月"] if months or not years else parts)

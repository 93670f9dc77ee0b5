"""A stretch of text that states a figure, and the written form that eligibility rules read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.nlu.spans.days import moved
from policies_kb.eligibility.rule import Kind

_SIGNS = {Kind.AMOUNT: "元", Kind.PERCENT: "%", Kind.DURATION: "个月"}


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of a normalised text; `low` and `high` are both included, and are days for a date.

    `vague` marks a date such as 刚 or 最近, which says little beside another one.
    """

    kind: Kind
    # Two dates, or two decimals: only figures of one kind are compared.
    low: Any
    high: Any
    start: int
    end: int
    vague: bool = False

    @property
    def size(self) -> int:
        """How many characters the figure takes."""
        return self.end - self.start

    @property
    def written(self) -> str:
        """The form that policies_kb.eligibility.values reads back: 37个月/47个月, 2025-11-01/2025-12-31, 8000元."""
        low, high = self._written(self.low), self._written(self.high)
        return low if low == high else f"{low}/{high}"

    def overlaps(self, others: Iterable[Span]) -> bool:
        """Whether it shares a character with any of the others."""
        return any(self.start < other.end and other.start < self.end for other in others)

    def ago(self, today: date) -> Span:
        """The days on which something began that has lasted for this duration, give or take a month."""
        first, last = moved(today, -int(self.high) - 1), min(today, moved(today, 1 - int(self.low)))
        return Span(Kind.DATE, first, last, self.start, self.end)

    def lasting(self, today: date) -> Span:
        """The whole months that have gone since these days."""
        return Span(
            Kind.DURATION, _months(min(self.high, today), today), _months(self.low, today), self.start, self.end
        )

    def within(self, other: Span) -> bool:
        """Whether it says at least as exactly what another one of its kind says."""
        return bool(other.low <= self.low and self.high <= other.high)

    def _written(self, end: Decimal | date) -> str:
        return end.isoformat() if isinstance(end, date) else f"{end:f}{_SIGNS[self.kind]}"


def _months(since: date, today: date) -> Decimal:
    whole = (today.year - since.year) * 12 + today.month - since.month
    return Decimal(max(0, whole - (today.day < since.day)))

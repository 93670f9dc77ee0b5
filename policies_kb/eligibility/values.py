"""Answers as values: from what people and files write to what can be compared, and back.

Written form, the same in YAML, JSON, forms and on the command line: `true`, `高级工`, `5年`, `2年11个月`, `3000元`,
`50%`, `2017-01-01`, `2017-01`, `2017`; `a/b` is anything from a to b, for an answer such as 三年多.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from policies_kb.eligibility.rule import Kind, Slot
from policies_kb.errors import KnowledgeError

T = TypeVar("T", date, Decimal)

# Bounded, since Decimal also reads 1e999999, which takes a million digits to write out.
_DURATION = re.compile(r"(?:(\d{1,4}(?:\.\d{1,4})?)\s*年)?\s*(?:(\d{1,5})\s*个?月)?")
_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,30})?")
_FLAGS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
SIGNS: Mapping[Kind, str] = {Kind.AMOUNT: "元", Kind.PERCENT: "%", Kind.DURATION: "个月"}
_FORMS = {Kind.AMOUNT: "3000元", Kind.PERCENT: "50%", Kind.DURATION: "3年 or 2年11个月"}
_DAY, _MONTH, _YEAR = (re.compile(form) for form in (r"\d{4}-\d{2}-\d{2}", r"(\d{4})-(\d{2})", r"(\d{4})"))


class ValueInvalid(KnowledgeError):
    """A written value does not fit its slot; the message says what would."""


@dataclass(frozen=True, slots=True)
class Range(Generic[T]):
    """Anything from `low` to `high`, both included; a value known exactly has the same two ends."""

    low: T
    high: T


Value = bool | str | Range[date] | Range[Decimal]


def parse(slot: Slot, raw: object) -> Value:
    """The value of a written answer; raises ValueInvalid with what the slot takes."""
    if slot.kind is Kind.FLAG:
        flag = raw if isinstance(raw, bool) else _FLAGS.get(str(raw).strip().lower())
        if flag is None:
            raise ValueInvalid(f"{raw} is neither true nor false")
        return flag
    text = str(raw).strip()
    if slot.kind is Kind.CHOICE:
        if text not in slot.choices:
            raise ValueInvalid(f"{raw} is none of {', '.join(slot.choices)}")
        return text
    first, _, last = text.partition("/")
    if slot.kind is Kind.DATE:
        return _range(text, days(first).low, days(last or first).high)
    return _range(text, number(slot.kind, first), number(slot.kind, last or first))


def days(text: str) -> Range[date]:
    """The days of a date, month or year; raises ValueInvalid."""
    try:
        if _DAY.fullmatch(text):
            day = date.fromisoformat(text)
            return Range(day, day)
        if match := _MONTH.fullmatch(text):
            year, month = int(match[1]), int(match[2])
            return Range(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        if match := _YEAR.fullmatch(text):
            return Range(date(int(match[1]), 1, 1), date(int(match[1]), 12, 31))
    except ValueError as error:
        raise ValueInvalid(f"{text} is not a day of the calendar") from error
    raise ValueInvalid(f"{text} is not a date; write 2017-01-01, 2017-01 or 2017")


def number(kind: Kind, text: str) -> Decimal:
    """A duration in months, an amount in yuan or a percentage; raises ValueInvalid."""
    if kind is Kind.DURATION:
        if text and (match := _DURATION.fullmatch(text)):
            return Decimal(round(Decimal(match[1] or 0) * 12)) + Decimal(match[2] or 0)
    elif match := _NUMBER.fullmatch(text.removesuffix(SIGNS[kind]).strip()):
        return Decimal(match[0])
    raise ValueInvalid(f"{text} is not understood; write {_FORMS[kind]}")


def encode(slot: Slot, value: Value) -> bool | str:
    """The written form of a value, which `parse` reads back."""
    if not isinstance(value, Range):
        return value
    low, high = (_encoded(slot.kind, end) for end in (value.low, value.high))
    return low if low == high else f"{low}/{high}"


def _range(text: str, low: T, high: T) -> Range[T]:
    if low > high:
        raise ValueInvalid(f"{text} ends before it begins")
    return Range(low, high)


def _encoded(kind: Kind, end: date | Decimal) -> str:
    if isinstance(end, date):
        return end.isoformat()
    return f"{end:f}{SIGNS[kind]}"

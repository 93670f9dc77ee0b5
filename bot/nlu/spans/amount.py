"""Sums in yuan: 八千块, 8k, 1.2万, 一万二, 6800, 六七千, 三千多, 不到四千, 8000-9000."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.nlu.spans.count import EXACT, read, step
from bot.nlu.spans.span import Span
from policies_kb.eligibility.rule import Kind

_UNDER = "不到|快|将近|接近|小|没到|不足|不够"
_THOUSANDS = {"k": Decimal(1000), "w": Decimal(10000)}
_NO_SUM = "年月日天个人名次号岁位家项条级届%折成分号小时"
_AMOUNT = re.compile(
    rf"(?P<under>{_UNDER})?(?<![\d.第])(?:(?P<latin>\d+(?:\.\d+)?)(?P<unit>[kw])(?P<tenth>\d)?(?![a-z\d])"
    rf"|(?P<count>{EXACT}(?:-{EXACT})?[多来]?(?!下子))(?P<sign>元|块钱|块(?!儿)|圆|来块)?)(?P<more>多|出头)?(?![多来]?[{_NO_SUM}])(?P<behind>左右|上下|不到)?"
)
_MAGNITUDE = re.compile("[百千万]")
_LEAST = 500
"""A bare number from here on is taken for a sum."""
_ROUGHLY = Decimal("0.05")


def find(text: str) -> list[Span]:
    """The sums of a normalised text; a bare number counts from 500 on, but not one that looks like a year."""
    found = []
    for match in _AMOUNT.finditer(text):
        span = _span(match)
        if span:
            found.append(span)
    return found


def _span(match: re.Match[str]) -> Span | None:
    if match["latin"]:
        unit = _THOUSANDS[match["unit"]]
        low = high = Decimal(match["latin"]) * unit + int(match["tenth"] or 0) * unit / 10
    else:
        count = read(match["count"])
        if count is None or not (match["sign"] or _is_sum(match["count"], count[0])):
            return None
        low, high = count
    if match["under"] or match["behind"] == "不到":
        low, high = low - step(low), high - 1
    elif match["more"] == "多":
        low, high = low + 1, high + step(high) - 1
    elif match["behind"] or match["more"] == "出头":
        low, high = low * (1 - _ROUGHLY), high * (1 + _ROUGHLY)
    if high < 1:
        return None
    return Span(Kind.AMOUNT, Decimal(int(low)), Decimal(int(high)), match.start(), match.end())


def _is_sum(text: str, value: Decimal) -> bool:
    if _MAGNITUDE.search(text):
        return True
    return value >= _LEAST and not (1900 < value < 2050 and value % 100)

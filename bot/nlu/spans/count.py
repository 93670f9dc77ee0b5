"""Counts as people say them, exactly or roughly: 3, 十五, 1万2, 三四, 3到5, 十来, 二十多, 十几, 半."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.nlu.numeral import NUMERAL, parse

EXACT = rf"{NUMERAL}(?:(?<=[百千万])[0-9])?"
"""A regular expression for one number; the last digit is that of 1万2."""
COUNT = rf"(?:{EXACT}(?:[-~到至、]{EXACT})?[多来几]?|半|几)"
"""A regular expression for a count; what it matches, `read` reads."""
Range = tuple[Decimal, Decimal]
"""The least and the most that a count may be."""

_HAN = "零一二三四五六七八九"
_DIGIT = {character: value for value, character in enumerate(_HAN)} | {"两": 2, "俩": 2, "仨": 3}
_TO = re.compile(r"[-~到至、]")
_MIXED = re.compile(r"(?<=[百千万])[0-9]$")
_UNITS = frozenset("十百千万")
_HALF, _LEAST, _MOST = Decimal("0.5"), Decimal("0.9"), Decimal("1.2")


def read(text: str) -> Range | None:
    """What a match of COUNT may be; None for 几, which says nothing."""
    if text == "半":
        return _HALF, _HALF
    body, suffix = (text[:-1], text[-1]) if text[-1] in "多来几" else (text, "")
    if not body:
        return None
    first, *last = _TO.split(body)
    low, high = (_exact(first), _exact(last[0])) if last else _neighbours(body)
    if low > high:
        return None
    if suffix == "来":
        return low * _LEAST, high * _MOST
    return (low + 1, high + step(high) - 1) if suffix and step(high) > 1 else (low, high)


def step(value: Decimal) -> Decimal:
    """The place of the last digit that is said: 1000 for 三千, 100 for 三千五, 1 for 7."""
    place = Decimal(1)
    while value and value % (place * 10) == 0:
        place *= 10
    return place


def _neighbours(text: str) -> Range:
    """三四 and 六七千 are a range; 一七 is a number in digits."""
    for first, second in zip(range(len(text)), range(1, len(text)), strict=False):
        low, high = _DIGIT.get(text[first], 0), _DIGIT.get(text[second], 0)
        rest = text[:first] + text[second + 1 :]
        if low and (high == low + 1 or (low, high) == (3, 5)) and (not rest or _UNITS & set(rest)):
            return _exact(text[:second] + text[second + 1 :]), _exact(text[:first] + text[second:])
    value = _exact(text)
    return value, value


def _exact(text: str) -> Decimal:
    return parse(_MIXED.sub(lambda digit: _HAN[int(digit[0])], text))

"""Numbers as workers write them: 3000, 3,000, 3万, 三千, 两万五, 1.5万."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "俩": 2,
    "三": 3,
    "仨": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
NUMERAL = rf"(?:\d[\d,]*(?:\.\d+)?|[{''.join(_DIGITS)}十百])[{''.join(_DIGITS)}十百千万]*"
"""A regular expression for a number; what it matches, `parse` reads."""


def parse(text: str) -> Decimal:
    """The number that a match of NUMERAL writes; 两万五 is 25000, as people say it."""
    digits = text.rstrip("".join([*_DIGITS, *_UNITS]))
    rest = text[len(digits) :]
    if digits:
        value = Decimal(digits.replace(",", "").rstrip("."))
        for character in rest:
            value = value * _UNITS[character] if character in _UNITS else value
        return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
    return _chinese(rest)


def _chinese(text: str) -> Decimal:
    total, section, digit, last_unit = 0, 0, 0, 1
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
            if digit == 0:
                last_unit = 10
        elif character == "万":
            total, section, digit, last_unit = (total + section + digit) * 10000, 0, 0, 10000
        else:
            section += (digit or 1) * _UNITS[character]
            digit, last_unit = 0, _UNITS[character]
    return Decimal(total + section + digit * max(1, last_unit // 10))

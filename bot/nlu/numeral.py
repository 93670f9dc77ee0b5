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
NUMERAL = rf"(?:[0-9][0-9,]*(?:\.[0-9]+)?|[{''.join(_DIGITS)}十百])[{''.join(_DIGITS)}十百千万]*"
"""A regular expression for a number; what it matches, `parse` reads."""


def parse(text: str) -> Decimal:
    """The number that a match of NUMERAL writes; 两万五 is 25000, as people say it, and 二〇一七 is 2017."""
    rest = text.lstrip("0123456789.,")
    digits = text[: len(text) - len(rest)].replace(",", "").rstrip(".")
    if not digits and len(rest) > 1 and not set(rest) & set(_UNITS):
        return Decimal("".join(str(_DIGITS[character]) for character in rest))
    value = _read(rest, Decimal(digits or 0))
    return Decimal(int(value)) if value == int(value) else value


def _read(text: str, digit: Decimal) -> Decimal:
    """The value of numerals that follow a digit, or a number in Arabic numerals."""
    total, section, last_unit = Decimal(0), Decimal(0), 1
    for character in text:
        if character in _DIGITS:
            digit = Decimal(_DIGITS[character])
            if digit == 0:
                last_unit = 10
        elif character == "万":
            total, section, digit, last_unit = (total + section + digit) * 10000, Decimal(0), Decimal(0), 10000
        else:
            section += (digit or 1) * _UNITS[character]
            digit, last_unit = Decimal(0), _UNITS[character]
    return total + section + digit * max(1, last_unit // 10)

"""Finds what a worker names: levels, awards, places, amounts, spans of time, dates, and the number of a choice."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.nlu.lexicon import Lexicon
from bot.nlu.numeral import NUMERAL, parse

# 第三 by itself is a place in a contest; a choice is a bare number or 第三个.
_CHOICE = re.compile(
    r"^(?:选|我选|回复|就|是)?(?:([1-9一二三四五六七八九])号?|第([1-9一二三四五六七八九])[个条项])(?:吧|呗)?[.、。!?]?$"
)
_AMOUNT = re.compile(
    rf"({NUMERAL})\s*(?:元|块钱|块(?!儿)|圆)|(?<![0-9.])({NUMERAL}[万千][一二三四五六七八九]?)(?![年月日天个人名次])"
)
_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号])?)?")
_YEARS = re.compile(rf"(?<![0-9.])({NUMERAL})\s*(个月|年|天)(?![级代前底初])")


@dataclass(frozen=True, slots=True)
class Found:
    """An entity in a normalised text, by characters [start, end)."""

    entity: str
    value: str
    start: int
    end: int


def find(text: str, lexicon: Lexicon) -> list[Found]:
    """All entities of a normalised text in their order.

    Values: words as in the lexicon; `amount` in yuan; `duration` such as 3年 or 6个月; `date` as 2017-01-01, 2017-01
    or 2017; `choice` a number from 1.
    """
    found = [Found(*match) for match in lexicon.find(text)]
    dates = list(_DATE.finditer(text))
    found += [Found("date", "-".join(_padded(part) for part in m.groups() if part), m.start(), m.end()) for m in dates]
    for match in _AMOUNT.finditer(text):
        found.append(Found("amount", f"{parse(match[1] or match[2]):f}", match.start(), match.end()))
    for match in _YEARS.finditer(text):
        if not any(date.start() <= match.start() < date.end() for date in dates):
            found.append(Found("duration", f"{parse(match[1]):f}{match[2]}", match.start(), match.end()))
    if choice := _CHOICE.match(text):
        found.append(Found("choice", f"{parse(choice[1] or choice[2]):f}", choice.start(), choice.end()))
    return sorted(found, key=lambda entity: (entity.start, entity.end))


def _padded(part: str) -> str:
    return part.zfill(2)

"""Ranges of days: a year, a month, a part of either, and moving by months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Days = tuple[date, date]
"""The first and the last day that a date may be, both included."""

EARLIEST = date(1970, 1, 1)
"""How far back 2017年以前 reaches; no certificate in use is older."""

_PARTS = {
    "初": (1, 2),
    "中": (6, 7),
    "底": (12, 12),
    "上半": (1, 6),
    "前半": (1, 6),
    "下半": (7, 12),
    "后半": (7, 12),
    "春": (3, 5),
    "夏": (6, 8),
    "秋": (9, 11),
    "过年": (1, 2),
    "春节": (1, 2),
}
_FEASTS = {"元旦": (1, 1), "五一": (5, 1), "十一": (10, 1), "国庆": (10, 1)}
_TENTHS = {"初": (1, 10), "上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "底": (21, 31), "末": (21, 31)}
_SAME = {"年尾": "底", "年末": "底", "末": "底", "开春": "春", "入秋": "秋", "入夏": "夏", "入冬": "冬", "年根": "底"}


def months(year: int, first: int, last: int) -> Days:
    """From the beginning of one month to the end of another of the same year."""
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def part_of_year(year: int, part: str) -> Days:
    """A feast, season or half of a year: 元旦, 春天, 上半年, 年底."""
    part = _SAME.get(part, part)
    for name, (month, day) in _FEASTS.items():
        if part.startswith(name):
            return date(year, month, day), date(year, month, day)
    if part.startswith("冬"):
        # The winter of a year runs into the next one.
        return date(year, 11, 1), months(year + 1, 2, 2)[1]
    name = next(name for name in _PARTS if name in part)
    return months(year, *_PARTS[name])


def part_of_month(year: int, month: int, part: str) -> Days:
    """A third of a month: 月初, 中旬, 月底."""
    first, last = _TENTHS[part]
    return date(year, month, first), date(year, month, min(last, monthrange(year, month)[1]))


def moved(day: date, by: int) -> date:
    """The day `by` months later, or the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + by, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def week(today: date, weeks: int, weekday: int | None) -> Days:
    """The week `weeks` from that of `today`, from Monday, or one day of it (0 for Monday)."""
    monday = today + timedelta(days=7 * weeks - today.weekday())
    if weekday is None:
        return monday, monday + timedelta(days=6)
    return monday + timedelta(days=weekday), monday + timedelta(days=weekday)

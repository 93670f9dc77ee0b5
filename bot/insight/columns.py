"""The columns of a plot: how high each is, of a hundred; the page draws them as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.insight.model import DAY, HOUR, Report
from policies_kb.chinese_date import HERE


@dataclass(frozen=True, slots=True)
class Column:
    """A place of the plot; `messages` is None where its group is too small to be shown."""

    name: str
    label: str
    messages: int | None
    height: float


def hours(report: Report) -> list[Column]:
    """The hours of the day; every third has its label."""
    names = [(str(hour), str(hour) if hour % 3 == 0 else "") for hour in range(24)]
    return _columns(report, HOUR, names)


def days(report: Report) -> list[Column]:
    """The days of the period; some five have their label."""
    first = report.since.astimezone(HERE).date()
    number = (report.until.astimezone(HERE).date() - first).days + 1
    every = max(number // 5, 1)
    names = []
    for place in range(number):
        day = first + timedelta(days=place)
        names.append((day.isoformat(), f"{day.month}-{day.day}" if place % every == 0 else ""))
    return _columns(report, DAY, names)


def _columns(report: Report, part: str, names: Sequence[tuple[str, str]]) -> list[Column]:
    counts = {one.name: one.messages for one in report.parts.get(part, ())}
    most = max(counts.get(name, 0) for name, _ in names) or 1
    return [Column(name, label, counts.get(name), round(100 * counts.get(name, 0) / most, 1)) for name, label in names]

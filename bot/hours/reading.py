"""Periods and days as people write them: 8:30-11:30 13:30-17:00, 2026-10-01, 2026年10月1日."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from itertools import pairwise

from bot.hours.errors import Problem, Refusal, Refused
from bot.hours.model import DAY, Period, Periods

_BETWEEN = re.compile(r"[,;、/\s]+")
_PERIOD = re.compile(r"(\d{1,2}):(\d{2})(?::00)?[-–—~至到]+(\d{1,2}):(\d{2})(?::00)?")
_AROUND = re.compile(r"\s*([-–—~至到:]+)\s*")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?")


def periods_of(text: str, field: str) -> Periods:
    """The periods of a day, none for an empty text; raises Refused."""
    tight = _AROUND.sub(r"\1", unicodedata.normalize("NFKC", text).strip())
    found = tuple(_period(one, field) for one in _BETWEEN.split(tight) if one)
    if any(one.start >= one.end or one.end > DAY for one in found) or any(a.end > b.start for a, b in pairwise(found)):
        raise Refused(Problem(field, Refusal.PERIODS_ORDER))
    return found


def _period(text: str, field: str) -> Period:
    parts = _PERIOD.fullmatch(text)
    if parts is None or int(parts[2]) > 59 or int(parts[4]) > 59:
        raise Refused(Problem(field, Refusal.PERIODS_FORM))
    return Period(int(parts[1]) * 60 + int(parts[2]), int(parts[3]) * 60 + int(parts[4]))


def written(periods: Periods) -> str:
    """The same as text."""
    return " ".join(f"{_clock(one.start)}-{_clock(one.end)}" for one in periods)


def day_of(text: str, field: str) -> date:
    """A day of this millennium; raises Refused."""
    parts = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    try:
        found = date(*(int(part) for part in parts.groups())) if parts else None
    except ValueError:
        found = None
    if found is None or not 2000 <= found.year < 3000:
        raise Refused(Problem(field, Refusal.DAY_FORM))
    return found


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"

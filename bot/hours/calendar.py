"""Working time by a calendar: whether it is open, when it opens next, how much has passed, and when something is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from bot.hours.model import Hours
from policies_kb.chinese_date import HERE

HORIZON = 400
"""Days; what does not come about within them is not foreseen: nobody has said when it will be open again."""

_NOTHING = timedelta()


def is_open(hours: Hours, moment: datetime) -> bool:
    """Whether a moment is a working one; the end of a period is not."""
    return any(start <= moment < end for start, end in _spans(hours, _day(moment), 1))


def next_opening(hours: Hours, moment: datetime) -> datetime | None:
    """The first working moment from this one on."""
    return next((max(start, moment) for start, end in _spans(hours, _day(moment), HORIZON) if end > moment), None)


def worked(hours: Hours, since: datetime, until: datetime) -> timedelta:
    """The working time from one moment to another."""
    if until <= since:
        return _NOTHING
    days = (_day(until) - _day(since)).days + 1
    shared = (min(end, until) - max(start, since) for start, end in _spans(hours, _day(since), days))
    return sum((one for one in shared if one > _NOTHING), _NOTHING)


def due(hours: Hours, moment: datetime, working: timedelta) -> datetime | None:
    """The first moment by which so much working time has passed since this one."""
    left = working
    if left <= _NOTHING:
        return moment
    for start, end in _spans(hours, _day(moment), HORIZON):
        begins = max(start, moment)
        if end - begins >= left:
            return begins + left
        left -= max(end - begins, _NOTHING)
    return None


def _day(moment: datetime) -> date:
    return moment.astimezone(HERE).date()


def _spans(hours: Hours, first: date, days: int) -> Iterator[tuple[datetime, datetime]]:
    """The periods of some days, in order."""
    for number in range(days):
        midnight = datetime.combine(first + timedelta(days=number), time(), HERE)
        for period in hours.on(midnight.date()):
            yield midnight + timedelta(minutes=period.start), midnight + timedelta(minutes=period.end)

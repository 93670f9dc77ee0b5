"""The holidays and make-up days that the State Council has published, as a suggestion that somebody has to confirm."""

from __future__ import annotations

from datetime import date

from chinese_calendar import Holiday, holidays, workdays

from bot.hours.model import Kind, Special


def of_year(year: int) -> dict[date, Special]:
    """The days of a year; none where the library does not know it yet."""
    found = {
        day: Special(kind, Holiday(name).chinese)
        for kind, days in ((Kind.OFF, holidays), (Kind.ON, workdays))
        for day, name in days.items()
        if day.year == year
    }
    return dict(sorted(found.items()))

"""What an administrator has entered in the forms of the hours."""

from __future__ import annotations

from datetime import date

from bot.console.form import Form
from bot.hours.errors import Problem, Refusal, Refused
from bot.hours.model import Periods, Special, Targets
from bot.hours.planning import special
from bot.hours.reading import day_of, periods_of
from bot.hours.sheets import Names, kind_of

_MOST_MINUTES = 100_000


def week_of(form: Form) -> tuple[list[Periods], Targets]:
    """The weekdays and the targets; raises Refused with all that is wrong."""
    problems: list[Problem] = []
    week: list[Periods] = []
    for number in range(7):
        try:
            week.append(periods_of(form.text(f"day{number}"), f"day{number}"))
        except Refused as refused:
            problems += refused.problems
    minutes = {name: _number(form.text(name)) for name in ("first", "resolution")}
    problems += [Problem(name, Refusal.MINUTES) for name, one in minutes.items() if not 0 < one <= _MOST_MINUTES]
    if problems:
        raise Refused(*problems)
    return week, Targets(**minutes)


def days_of(form: Form, names: Names) -> tuple[tuple[date, date], Special | None]:
    """The first and the last of some days, and what they are to be: None for ordinary ones; raises Refused."""
    first = day_of(form.text("day"), "day")
    last = day_of(form.text("until"), "until") if form.text("until") else first
    if form.text("act") == "remove":
        return (first, last), None
    periods = periods_of(form.text("periods"), "periods")
    return (first, last), special(kind_of(form.text("kind"), names), form.text("name"), periods)


def seen_of(form: Form) -> int:
    """The version that was on the page; one that never was for nonsense."""
    return _number(form.text("seen"))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1

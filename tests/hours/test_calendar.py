"""The sums of working time: a table of a real week and holiday, and what holds for any calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hours import calendar
from bot.hours.model import Hours
from tests.hours import factories
from tests.hours.factories import TARGETS, at, moments, office

NEVER = Hours(((),) * 7, {}, TARGETS)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Row:
    """A moment, whether it is open, and when it is open next."""

    moment: str
    open: bool
    opens: str


@pytest.mark.parametrize(
    "row",
    [
        Row("2026-09-14 08:29", False, "2026-09-14 08:30"),
        Row("2026-09-14 08:30", True, "2026-09-14 08:30"),
        Row("2026-09-14 11:29", True, "2026-09-14 11:29"),
        Row("2026-09-14 11:30", False, "2026-09-14 13:00"),
        Row("2026-09-14 12:30", False, "2026-09-14 13:00"),
        Row("2026-09-14 13:00", True, "2026-09-14 13:00"),
        Row("2026-09-14 17:00", False, "2026-09-15 08:30"),
        Row("2026-09-18 17:30", False, "2026-09-20 08:30"),
        Row("2026-09-19 10:00", False, "2026-09-20 08:30"),
        Row("2026-09-20 10:00", True, "2026-09-20 10:00"),
        Row("2026-09-26 10:00", False, "2026-09-28 08:30"),
        Row("2026-09-30 23:59", False, "2026-10-08 08:30"),
        Row("2026-10-01 10:00", False, "2026-10-08 08:30"),
        Row("2026-10-10 10:00", True, "2026-10-10 10:00"),
        Row("2026-10-10 12:30", False, "2026-10-12 08:30"),
    ],
    ids=lambda row: row.moment,
)
def test_calendar_opens_as_the_office_does(row: Row) -> None:
    hours, moment = office(), at(row.moment)

    assert calendar.is_open(hours, moment) is row.open
    assert calendar.next_opening(hours, moment) == at(row.opens)
    assert calendar.is_open(hours, moment.astimezone(timezone.utc)) is row.open


@pytest.mark.parametrize(
    ("since", "minutes", "until"),
    [
        ("2026-09-14 10:00", 30, "2026-09-14 10:30"),
        ("2026-09-14 11:20", 10, "2026-09-14 11:30"),
        ("2026-09-14 11:20", 30, "2026-09-14 13:20"),
        ("2026-09-14 12:30", 30, "2026-09-14 13:30"),
        ("2026-09-14 16:50", 30, "2026-09-15 08:50"),
        ("2026-09-18 16:50", 30, "2026-09-20 08:50"),
        ("2026-09-30 16:50", 30, "2026-10-08 08:50"),
        ("2026-10-10 11:20", 30, "2026-10-12 08:50"),
        ("2026-09-14 08:30", 7 * 60, "2026-09-14 17:00"),
    ],
)
def test_working_minutes_stand_still_outside_the_hours(since: str, minutes: int, until: str) -> None:
    hours, working = office(), timedelta(minutes=minutes)

    assert calendar.due(hours, at(since), working) == at(until)
    assert calendar.worked(hours, at(since), at(until)) == working


def test_calendar_that_never_opens_foresees_nothing() -> None:
    moment = at("2026-09-14 10:00")

    assert calendar.next_opening(NEVER, moment) is None
    assert calendar.due(NEVER, moment, MINUTE) is None
    assert calendar.due(NEVER, moment, timedelta()) == moment
    assert calendar.worked(NEVER, moment, moment + timedelta(days=9)) == timedelta()


@given(factories.hours(), moments, moments, moments)
def test_working_time_adds_up(hours: Hours, one: datetime, two: datetime, three: datetime) -> None:
    first, second, third = sorted([one, two, three])

    parts = calendar.worked(hours, first, second) + calendar.worked(hours, second, third)
    assert calendar.worked(hours, first, third) == parts
    assert timedelta() <= parts <= third - first
    assert calendar.worked(hours, third, first) == timedelta()


@given(factories.hours(), moments, st.timedeltas(timedelta(), timedelta(days=3)))
def test_due_is_the_first_moment_by_which_so_much_was_worked(
    hours: Hours, moment: datetime, working: timedelta
) -> None:
    due = calendar.due(hours, moment, working)

    if due is None:
        assert working > calendar.worked(hours, moment, moment + timedelta(days=calendar.HORIZON - 1))
        return
    assert calendar.worked(hours, moment, due) == working
    if working:
        just_before = due - timedelta(microseconds=1)
        assert calendar.worked(hours, moment, just_before) < working


@given(factories.hours(), moments)
def test_next_opening_is_open_and_nothing_before_it_is(hours: Hours, moment: datetime) -> None:
    opens = calendar.next_opening(hours, moment)

    if opens is None:
        assert not any(hours.week)
        return
    assert opens >= moment
    assert calendar.is_open(hours, opens)
    assert calendar.worked(hours, moment, opens) == timedelta()
    assert calendar.is_open(hours, moment) is (opens == moment)

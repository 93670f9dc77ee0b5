"""Files of hours: what is read, what it would do, and all that can be wrong with it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import sheets as excel
from bot.hours import published, sheets, words
from bot.hours.errors import Refusal, Refused
from bot.hours.model import Hours, Kind, Period, Periods, Special
from bot.hours.planning import planned
from bot.hours.reading import day_of, periods_of, written
from bot.hours.sheets import header, rows_of
from bot.sheets import Sheet
from tests.hours import factories
from tests.hours.factories import MORNING, OFFICE, office

NAMES = words.load().names
HEADER = tuple(header(NAMES))


@given(factories.periods())
def test_periods_are_read_as_they_are_written(periods: Periods) -> None:
    assert periods_of(written(periods), "x") == periods


@pytest.mark.parametrize(
    "text",
    [
        "8:30-11:30 13:00-17:00",
        "08:30—11:30，13:00—17:00",
        "８：３０至11：30、13:00到17:00",
        "8:30 - 11:30 / 13:00 ~ 17:00",
        "8:30:00-11:30:00;13:00-17:00",
    ],
)
def test_periods_are_read_as_people_write_them(text: str) -> None:
    assert periods_of(text, "x") == OFFICE


@pytest.mark.parametrize("text", ["八点半", "8-11", "8:60-9:00", "8:30-11:30-12:00", "8:30", "8:30-11:30 x"])
def test_other_periods_are_refused(text: str) -> None:
    with pytest.raises(Refused, match="periods_form"):
        periods_of(text, "x")


@pytest.mark.parametrize(
    "text", ["11:30-8:30", "8:30-8:30", "13:00-17:00 8:30-11:30", "8:00-12:00 11:00-13:00", "20:00-24:01"]
)
def test_periods_in_no_order_are_refused(text: str) -> None:
    with pytest.raises(Refused, match="periods_order"):
        periods_of(text, "x")


def test_periods_may_touch_and_end_at_midnight() -> None:
    assert periods_of("0:00-12:00 12:00-24:00", "x") == (Period(0, 720), Period(720, 1440))


@pytest.mark.parametrize(
    "text", ["2026-10-01", "2026/10/1", "2026年10月1日", "2026.10.01", "2026-10-01 00:00:00", " ２０２６-10-1 "]
)
def test_days_are_read_as_people_write_them(text: str) -> None:
    assert day_of(text, "x") == date(2026, 10, 1)


@pytest.mark.parametrize("text", ["", "10-01", "2026-13-01", "2026-02-30", "1026-01-01", "国庆", "星期八"])
def test_other_days_are_refused(text: str) -> None:
    with pytest.raises(Refused, match="day_form"):
        day_of(text, "x")


@given(factories.hours(), factories.hours())
def test_what_goes_out_comes_in_the_same(hours: Hours, others: Hours) -> None:
    rows = [HEADER, *rows_of(hours, NAMES)]

    assert planned(rows, hours, NAMES).changes == ()
    taken = planned(rows, others, NAMES)
    if not taken.problems:
        assert taken.hours.week == hours.week
        assert {day: taken.hours.days[day] for day in hours.days} == hours.days


def test_file_changes_what_it_names_and_nothing_else() -> None:
    rows = [
        HEADER,
        ("周六", "", "", "8:30-11:30"),
        ("2026-10-01", "上班", "值班", ""),
        ("", "", "", ""),
        ("2026-12-31", "放假", "", ""),
    ]

    plan = planned(rows, office(), NAMES)

    assert plan.problems == ()
    assert plan.hours.week == (OFFICE,) * 5 + ((MORNING,), ())
    assert plan.hours.days == {
        **office().days,
        date(2026, 10, 1): Special(Kind.ON, "值班"),
        date(2026, 12, 31): Special(Kind.OFF),
    }
    assert [(one.before[:3], one.after[:3]) for one in plan.changes] == [
        (("周六", "", ""), ("周六", "", "")),
        (("2026-10-01", "放假", "国庆节"), ("2026-10-01", "上班", "值班")),
        ((), ("2026-12-31", "放假", "")),
    ]


@pytest.mark.parametrize(
    ("row", "field", "refusal"),
    [
        (("周八", "", "", ""), "day", Refusal.DAY_FORM),
        (("周一", "", "", "八点"), "periods", Refusal.PERIODS_FORM),
        (("2026-10-01", "休息", "", ""), "kind", Refusal.KIND),
        (("2026-10-01", "放假", "", "8:30-11:30"), "periods", Refusal.OFF_WITH_PERIODS),
        (("2026-10-01", "放假", "长" * 21, ""), "name", Refusal.NAME),
        (("周二", "", "", ""), "day", Refusal.TWICE),
    ],
)
def test_one_bad_row_stops_the_file(row: tuple[str, ...], field: str, refusal: Refusal) -> None:
    plan = planned([HEADER, ("周二", "", "", "9:00-10:00"), row], office(), NAMES)

    assert [(one.row, one.field, one.refusal) for one in plan.problems] == [(3, field, refusal)]


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([], Refusal.HEADER),
        ([("日期", "类型")], Refusal.HEADER),
        ([HEADER], Refusal.EMPTY),
        ([HEADER, ("",) * 4], Refusal.EMPTY),
    ],
)
def test_file_without_heading_or_rows_is_refused(rows: list[tuple[str, ...]], refusal: Refusal) -> None:
    assert [one.refusal for one in planned(rows, office(), NAMES).problems] == [refusal]


def test_make_up_day_needs_hours_from_somewhere() -> None:
    rows = [HEADER, *((day, "", "", "") for day in NAMES.weekdays), ("2026-10-10", "上班", "", "")]

    assert [one.refusal for one in planned(rows, office(), NAMES).problems] == [Refusal.NO_USUAL]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_csv_is_read_in_the_encodings_of_offices(encoding: str) -> None:
    data = "日期,类型,名称,时间\r\n2026-10-01,放假,国庆节\r\n".encode(encoding)

    assert sheets.read("放假.CSV", data) == [HEADER, ("2026-10-01", "放假", "国庆节", "")]


def test_excel_is_read_with_its_own_dates() -> None:
    data = excel.written([Sheet("x", HEADER, [("2026-10-01", "放假", "国庆节", "")], ())])

    assert sheets.read("x.xlsx", data)[1] == ("2026-10-01", "放假", "国庆节", "")


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("x.xlsx", b"", Refusal.EMPTY),
        ("x.xlsx", b"no sheet", Refusal.UNREADABLE),
        ("x.csv", b"\xff\xfe\xff", Refusal.UNREADABLE),
        ("x.csv", b"a\n" * 3000, Refusal.LARGE),
        ("x.csv", b"a" * (sheets.MOST_BYTES + 1), Refusal.LARGE),
    ],
)
def test_bad_file_is_refused(name: str, data: bytes, refusal: Refusal) -> None:
    with pytest.raises(Refused, match=refusal.value):
        sheets.read(name, data)


def test_published_year_has_its_holidays_and_make_up_days() -> None:
    found = published.of_year(2026)

    assert found[date(2026, 10, 1)] == Special(Kind.OFF, "国庆节")
    assert found[date(2026, 10, 10)] == Special(Kind.ON, "国庆节")
    assert published.of_year(2999) == {}


@given(st.sampled_from(NAMES.weekdays))
def test_weekday_is_freed_by_an_empty_row(day: str) -> None:
    plan = planned([HEADER, (day, "", "", "")], office(), NAMES)

    assert plan.hours.week[list(NAMES.weekdays).index(day)] == ()

"""Answers in their written form, read and written back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies_kb.eligibility.rule import Kind, Slot
from policies_kb.eligibility.values import Range, Value, ValueInvalid, days, encode, number, parse

from .people import SLOTS, values


def slot(kind: Kind) -> Slot:
    return Slot("", kind, "", ("技师", "高级工") if kind is Kind.CHOICE else ())


def exactly(end: int | str) -> Range[Decimal]:
    return Range(Decimal(end), Decimal(end))


def between(low: str, high: str) -> Range[date]:
    return Range(date.fromisoformat(low), date.fromisoformat(high))


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        (Kind.FLAG, True, True),
        (Kind.FLAG, " Yes ", True),
        (Kind.FLAG, "是", True),
        (Kind.FLAG, "FALSE", False),
        (Kind.FLAG, "否", False),
        (Kind.CHOICE, " 技师 ", "技师"),
        (Kind.DURATION, "3年", exactly(36)),
        (Kind.DURATION, "2年11个月", exactly(35)),
        (Kind.DURATION, "2 年 11 月", exactly(35)),
        (Kind.DURATION, "2.5年", exactly(30)),
        (Kind.DURATION, "36个月", exactly(36)),
        (Kind.DURATION, "0年", exactly(0)),
        (Kind.DURATION, "3年/3年11个月", Range(Decimal(36), Decimal(47))),
        (Kind.AMOUNT, "3000元", exactly(3000)),
        (Kind.AMOUNT, "3000.50", exactly("3000.5")),
        (Kind.AMOUNT, 3000, exactly(3000)),
        (Kind.AMOUNT, "3000元/4000元", Range(Decimal(3000), Decimal(4000))),
        (Kind.PERCENT, "49.9%", exactly("49.9")),
        (Kind.DATE, "2017-01-01", between("2017-01-01", "2017-01-01")),
        (Kind.DATE, date(2017, 1, 1), between("2017-01-01", "2017-01-01")),
        (Kind.DATE, "2024-02", between("2024-02-01", "2024-02-29")),
        (Kind.DATE, "2017", between("2017-01-01", "2017-12-31")),
        (Kind.DATE, 2017, between("2017-01-01", "2017-12-31")),
        (Kind.DATE, "2016/2017-06", between("2016-01-01", "2017-06-30")),
    ],
)
def test_written_answer_is_read(kind: Kind, raw: object, value: Value) -> None:
    assert parse(slot(kind), raw) == value


@pytest.mark.parametrize(
    ("kind", "raw", "message"),
    [
        (Kind.FLAG, "maybe", "maybe is neither true nor false"),
        (Kind.FLAG, 1, "1 is neither true nor false"),
        (Kind.CHOICE, "特级技师", "特级技师 is none of 技师, 高级工"),
        (Kind.DURATION, "", " is not understood; write 3年 or 2年11个月"),
        (Kind.DURATION, "三年", "三年 is not understood; write 3年 or 2年11个月"),
        (Kind.DURATION, "3", "3 is not understood; write 3年 or 2年11个月"),
        (Kind.AMOUNT, "-1元", "-1元 is not understood; write 3000元"),
        (Kind.AMOUNT, "NaN", "NaN is not understood; write 3000元"),
        (Kind.AMOUNT, "1e999999", "1e999999 is not understood; write 3000元"),
        (Kind.AMOUNT, "9" * 29, f"{'9' * 29} is not understood; write 3000元"),
        (Kind.AMOUNT, "50%", "50% is not understood; write 3000元"),
        (Kind.PERCENT, "half", "half is not understood; write 50%"),
        (Kind.DATE, "2017-02-29", "2017-02-29 is not a day of the calendar"),
        (Kind.DATE, "2017-13", "2017-13 is not a day of the calendar"),
        (Kind.DATE, "0000", "0000 is not a day of the calendar"),
        (Kind.DATE, "17年", "17年 is not a date; write 2017-01-01, 2017-01 or 2017"),
        (Kind.DATE, "", " is not a date; write 2017-01-01, 2017-01 or 2017"),
        (Kind.DATE, "2017/2016", "2017/2016 ends before it begins"),
        (Kind.AMOUNT, "4000元/3000元", "4000元/3000元 ends before it begins"),
    ],
)
def test_answer_that_does_not_fit_is_told_what_would(kind: Kind, raw: object, message: str) -> None:
    with pytest.raises(ValueInvalid) as error:
        parse(slot(kind), raw)

    assert str(error.value) == message


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        (Kind.FLAG, False, False),
        (Kind.CHOICE, "技师", "技师"),
        (Kind.DURATION, exactly(35), "35个月"),
        (Kind.AMOUNT, exactly("1E+3"), "1000元"),
        (Kind.PERCENT, Range(Decimal("49.9"), Decimal(50)), "49.9%/50%"),
        (Kind.DATE, between("2017-01-01", "2017-01-01"), "2017-01-01"),
        (Kind.DATE, between("2017-01-01", "2017-12-31"), "2017-01-01/2017-12-31"),
    ],
)
def test_written_form_is_plain(kind: Kind, value: Value, written: bool | str) -> None:
    assert encode(slot(kind), value) == written


@given(st.data(), st.sampled_from(sorted(SLOTS)))
def test_written_form_is_read_back(data: st.DataObject, name: str) -> None:
    value = data.draw(values(SLOTS[name]))

    assert parse(SLOTS[name], encode(SLOTS[name], value)) == value


@given(st.text(max_size=20), st.sampled_from(sorted(SLOTS)))
def test_any_text_is_read_or_refused(text: str, name: str) -> None:
    try:
        value = parse(SLOTS[name], text)
    except ValueInvalid:
        return
    assert parse(SLOTS[name], encode(SLOTS[name], value)) == value


@given(st.dates())
def test_every_day_lies_in_its_month_and_year(day: date) -> None:
    for text in (day.isoformat()[:7], day.isoformat()[:4]):
        found = days(text)

        assert found.low <= day <= found.high


@given(st.integers(0, 50), st.integers(0, 11))
def test_years_and_months_are_counted_together(years: int, months: int) -> None:
    assert number(Kind.DURATION, f"{years}年{months}个月") == 12 * years + months

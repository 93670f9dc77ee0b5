"""The formulas, over numbers that are known exactly or roughly."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies_kb.eligibility.calculators import fall_in_percent, share_of_fall
from policies_kb.eligibility.rule import Kind
from policies_kb.eligibility.values import Range

from .people import numbers

PAY, RATE = numbers(Kind.AMOUNT), Decimal(50)


def exactly(end: str) -> Range[Decimal]:
    return Range(Decimal(end), Decimal(end))


def points(known: Range[Decimal]) -> st.SearchStrategy[Decimal]:
    """A number that it could be."""
    return st.decimals(known.low, known.high, places=2)


@pytest.mark.parametrize(
    ("before", "now", "percent"),
    [
        ("8000", "4000", "50"),
        ("8000", "4008", "49.9"),
        ("8000", "8000", "0"),
        ("4000", "8000", "0"),
        ("8000", "0", "100"),
        ("0", "4000", "0"),
        ("0", "0", "0"),
    ],
)
def test_fall_is_told_in_percent_of_what_was(before: str, now: str, percent: str) -> None:
    assert fall_in_percent(exactly(before), exactly(now)) == exactly(percent)


def test_rough_pay_gives_the_least_and_the_greatest_fall() -> None:
    before, now = Range(Decimal(8000), Decimal(10000)), Range(Decimal(2000), Decimal(4000))

    assert fall_in_percent(before, now) == Range(Decimal(50), Decimal(80))
    assert share_of_fall(before, now, RATE) == Range(Decimal(2000), Decimal(4000))


@pytest.mark.parametrize(("before", "now", "share"), [("8000", "4000", "2000"), ("8000", "8000", "0"), ("1", "2", "0")])
def test_share_is_a_part_of_the_fall_and_never_less_than_nothing(before: str, now: str, share: str) -> None:
    assert share_of_fall(exactly(before), exactly(now), RATE) == exactly(share)


@given(PAY, PAY, st.data())
def test_result_holds_for_whatever_the_pay_was(
    before: Range[Decimal], now: Range[Decimal], data: st.DataObject
) -> None:
    percent, share = fall_in_percent(before, now), share_of_fall(before, now, RATE)
    first, last = data.draw(points(before)), data.draw(points(now))

    of_these = fall_in_percent(Range(first, first), Range(last, last))
    share_of_these = share_of_fall(Range(first, first), Range(last, last), RATE)

    assert Decimal(0) <= percent.low <= of_these.low <= of_these.high <= percent.high <= Decimal(100)
    assert Decimal(0) <= share.low <= share_of_these.low <= share_of_these.high <= share.high

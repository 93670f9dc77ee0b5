"""Numbers as workers write them."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.numeral import NUMERAL, parse

DIGITS = "零一二三四五六七八九"


def below_ten_thousand(number: int) -> str:
    """A number of at most four digits in Chinese, written as schools teach it."""
    written, gap = "", False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, value)
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + unit
        gap = not digit
    return written


def chinese(number: int) -> str:
    """Any number from 1 to 99,999,999."""
    high, low = divmod(number, 10000)
    if not high:
        return below_ten_thousand(low)
    return below_ten_thousand(high) + "万" + ("零" if 0 < low < 1000 else "") + below_ten_thousand(low)


@given(st.integers(min_value=1, max_value=99_999_999))
def test_chinese_numerals_are_read_back(number: int) -> None:
    written = chinese(number)

    assert re.fullmatch(NUMERAL, written)
    assert parse(written) == number


@given(st.integers(min_value=0, max_value=10**28 - 1))
def test_arabic_numerals_are_read_back(number: int) -> None:
    assert parse(str(number)) == number
    assert parse(f"{number:,}") == number


@given(st.text(alphabet="0123456789", min_size=1, max_size=1000))
def test_number_of_any_length_is_read(text: str) -> None:
    assert parse(text) == pytest.approx(Decimal(text), rel=Decimal("1e-20"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("两万五", "25000"),
        ("一百五", "150"),
        ("一百零五", "105"),
        ("十五", "15"),
        ("十", "10"),
        ("仨", "3"),
        ("3,000", "3000"),
        ("3万", "30000"),
        ("1.5万", "15000"),
        ("3万五", "35000"),
        ("3万五千", "35000"),
        ("2.5", "2.5"),
        ("2.50", "2.5"),
        ("2.0", "2"),
        ("二〇一七", "2017"),
        ("一二三四五", "12345"),
    ],
)
def test_numbers_as_people_say_them(text: str, number: str) -> None:
    assert parse(text) == Decimal(number)


@given(st.text(alphabet="0123456789.,零〇一二两俩三九十百千万年元", max_size=20))
def test_whatever_matches_can_be_read(text: str) -> None:
    for match in re.finditer(NUMERAL, text):
        assert parse(match[0]) >= 0

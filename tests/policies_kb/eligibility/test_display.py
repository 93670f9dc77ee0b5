"""Answers as a worker reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies_kb.eligibility.display import display
from policies_kb.eligibility.rule import Kind, Slot
from policies_kb.eligibility.values import parse

from .people import SLOTS, values


@pytest.mark.parametrize(
    ("kind", "written", "shown"),
    [
        (Kind.FLAG, "是", "是"),
        (Kind.FLAG, "否", "不是"),
        (Kind.CHOICE, "技师", "技师"),
        (Kind.DURATION, "36个月", "3年"),
        (Kind.DURATION, "35个月", "2年11个月"),
        (Kind.DURATION, "11个月", "11个月"),
        (Kind.DURATION, "0年", "0个月"),
        (Kind.DURATION, "37个月/47个月", "3年1个月至3年11个月"),
        (Kind.AMOUNT, "8000元", "8000元"),
        (Kind.AMOUNT, "4000.50元", "4000.5元"),
        (Kind.AMOUNT, "3000元/4000元", "3000元至4000元"),
        (Kind.AMOUNT, "999999999999", "999999999999元"),
        (Kind.PERCENT, "50.00%", "50%"),
        (Kind.PERCENT, "33.333333333333%", "33.33%"),
        (Kind.PERCENT, "49.999%", "49.99%"),
        (Kind.DATE, "2017-01-01", "2017年1月1日"),
        (Kind.DATE, "2024-02", "2024年2月"),
        (Kind.DATE, "2025", "2025年"),
        (Kind.DATE, "0987", "987年"),
        (Kind.DATE, "2025-11/2025-12", "2025年11月1日至2025年12月31日"),
    ],
)
def test_value_is_shown_in_plain_words(kind: Kind, written: str, shown: str) -> None:
    slot = Slot("", kind, "", ("技师",))

    assert display(slot, parse(slot, written)) == shown


@given(st.data(), st.sampled_from(sorted(SLOTS)))
def test_every_value_can_be_shown(data: st.DataObject, name: str) -> None:
    assert display(SLOTS[name], data.draw(values(SLOTS[name])))

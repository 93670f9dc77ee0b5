"""What people type into the form, as a value."""

from __future__ import annotations

from typing import Any

import pytest

from bot.eligibility.reading import read
from policies_kb.eligibility.rule import Kind, Slot
from policies_kb.eligibility.values import ValueInvalid, parse

from .conftest import TODAY


def slot(kind: Kind) -> Slot:
    return Slot("", kind, "", ("技师", "其他") if kind is Kind.CHOICE else ())


@pytest.mark.parametrize(
    ("kind", "text", "written"),
    [
        (Kind.DURATION, "5年", "60个月"),
        (Kind.DURATION, "交了三年多吧", "37个月/47个月"),
        (Kind.DURATION, "两年十一个月", "35个月"),
        (Kind.DATE, "2026-01", "2026-01-01/2026-01-31"),
        (Kind.DATE, "去年年底", "2025-12-01/2025-12-31"),
        (Kind.DATE, "２０２５年３月拿的", "2025-03-01/2025-03-31"),
        (Kind.AMOUNT, "8000", "8000元"),
        (Kind.AMOUNT, "八千块", "8000元"),
        (Kind.PERCENT, "50", "50%"),
        (Kind.PERCENT, "降了一半", "50%"),
        (Kind.FLAG, "是", True),
        (Kind.CHOICE, "技师", "技师"),
    ],
)
def test_written_form_and_everyday_words_are_read(kind: Kind, text: str, written: Any) -> None:
    assert read(slot(kind), text, TODAY) == parse(slot(kind), written)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.DURATION, "好久了"),
        (Kind.DURATION, "5"),
        (Kind.DURATION, "先3年，后来又2年"),
        (Kind.DATE, "8000元"),
        (Kind.AMOUNT, "从8000降到4000"),
        (Kind.FLAG, "在职三年"),
        (Kind.CHOICE, "师傅"),
        (Kind.AMOUNT, "9" * 200),
    ],
)
def test_what_is_no_answer_or_several_is_refused(kind: Kind, text: str) -> None:
    with pytest.raises(ValueInvalid):
        read(slot(kind), text, TODAY)

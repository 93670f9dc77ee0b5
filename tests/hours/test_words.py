"""How an opening is said, and that every refusal has its words."""

from __future__ import annotations

import pytest

from bot.hours import words
from bot.hours.errors import Refusal
from tests.hours.factories import at


@pytest.mark.parametrize(
    ("now", "opens", "said"),
    [
        ("2026-09-14 12:30", "2026-09-14 13:30", "今天13:30"),
        ("2026-09-14 17:30", "2026-09-15 08:30", "明天8:30"),
        ("2026-09-30 17:30", "2026-10-08 08:30", "10月8日（周四）8:30"),
        ("2026-12-31 23:59", "2027-01-01 00:00", "明天0:00"),
    ],
)
def test_opening_is_said_as_people_do(now: str, opens: str, said: str) -> None:
    assert words.load().opening(at(opens), at(now)) == said


def test_every_refusal_has_its_words() -> None:
    assert words.load().refusals.keys() == {one.value for one in Refusal}

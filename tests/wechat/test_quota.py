"""How many messages WeChat allows, and what the assistant takes of them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.wechat.quota import Ledger, left
from tests.fakes import NOON

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("message", "event", "sent", "expected"),
    [
        (None, None, [], 0),
        (NOON, None, [], 4),
        (NOON - HOUR, None, [NOON - 2 * HOUR, NOON, NOON], 2),
        (NOON - HOUR, None, [NOON] * 4, 0),
        (NOON - HOUR, None, [NOON] * 9, 0),
        (NOON - 47 * HOUR, None, [], 4),
        (NOON - 48 * HOUR, None, [], 0),
        (None, NOON - MINUTE / 2, [], 3),
        (None, NOON - MINUTE, [], 0),
        (NOON - HOUR, NOON, [NOON - MINUTE] * 4, 3),
        (NOON, NOON, [NOON], 3),
    ],
    ids=[
        "stranger",
        "wrote",
        "used",
        "one is kept",
        "more",
        "before 48 h",
        "after",
        "tapped",
        "long ago",
        "both",
        "best",
    ],
)
def test_messages_left(message: object, event: object, sent: list[object], expected: int) -> None:
    assert left(Ledger(message, event, sent), NOON) == expected  # type: ignore[arg-type]


def test_person_of_the_hotline_may_use_what_is_kept() -> None:
    used = Ledger(NOON - HOUR, None, [NOON] * 4)

    assert left(used, NOON) == 0
    assert left(used, NOON, of_person=True) == 1
    assert left(Ledger(NOON - HOUR, None, [NOON] * 5), NOON, of_person=True) == 0

"""What somebody may get instead of a benefit that his level rules out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from policies_kb.eligibility.evaluate import Status, evaluate
from policies_kb.eligibility.instead import MOST, instead
from policies_kb.eligibility.rule import Condition, Operator
from policies_kb.eligibility.values import parse
from policies_kb.model import Topic
from tests.factories import topic, with_topic

from .people import SLOTS, TODAY

WORKER = {"skill_level": "高级工"}


def condition(slot: str, value: bool | str) -> Condition:
    return Condition("text", 4, slot, Operator.IS, value, "why", "otherwise")


SENIOR, EMPLOYED = condition("skill_level", "高级工"), condition("employed", True)


def neighbour(*conditions: Condition, topic_id: str = "course", **changes: Any) -> Topic:
    """A topic that rests on the same item as the allowance for 技师 and 高级技师."""
    return topic("allowance", id=topic_id, conditions=conditions, **changes)


def found(written: Mapping[str, object], *neighbours: Topic) -> list[str]:
    """What may be had instead of the allowance."""
    answers = {name: parse(SLOTS[name], value) for name, value in written.items()}
    verdict = evaluate(topic("allowance"), SLOTS, answers, TODAY)
    return [one.topic.id for one in instead(with_topic(*neighbours), verdict, TODAY)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (WORKER, ["course"]),
        ({**WORKER, "employed": True}, ["course"]),
        ({**WORKER, "employed": False}, []),
        ({**WORKER, "pay_cause": "其他"}, ["course"]),
        ({"skill_level": "技师"}, []),
        ({"skill_level": "技师", "pay_cause": "其他"}, []),
        ({"employed": True, "pay_now": "9000元"}, []),
        ({}, []),
    ],
    ids=["open", "met", "fails otherwise", "one of two", "not ruled out", "not taken", "no choice", "nothing told"],
)
def test_neighbour_takes_the_very_choice_and_fails_on_nothing_else(
    written: Mapping[str, object], expected: list[str]
) -> None:
    assert found(written, neighbour(SENIOR, EMPLOYED)) == expected


def test_verdict_on_the_neighbour_has_what_was_told() -> None:
    verdict = evaluate(topic("allowance"), SLOTS, {"skill_level": "高级工", "employed": True}, TODAY)

    (other,) = instead(with_topic(neighbour(SENIOR, EMPLOYED)), verdict, TODAY)

    assert (other.status, other.answers["skill_level"]) == (Status.MET, "高级工")


@pytest.mark.parametrize(
    ("last_day", "expected"), [(TODAY, ["course"]), (date(2026, 3, 1), [])], ids=["in force", "expired"]
)
def test_neighbour_has_to_be_in_force(last_day: date, expected: list[str]) -> None:
    assert found(WORKER, neighbour(SENIOR, valid_to=last_day)) == expected


@pytest.mark.parametrize(
    "other",
    [neighbour(EMPLOYED), neighbour(SENIOR, outcome=None), neighbour(SENIOR, sources=topic("subsidy").sources)],
    ids=["asks for no level", "has no rule", "lies elsewhere"],
)
def test_other_topics_are_not_named(other: Topic) -> None:
    assert found({**WORKER, "employed": True}, other) == []


def test_only_so_many_are_named() -> None:
    courses = [neighbour(SENIOR, topic_id=f"course{number}") for number in range(MOST + 1)]

    assert found(WORKER, *courses) == ["course0", "course1"]

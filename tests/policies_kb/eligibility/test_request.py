"""What somebody outside a conversation may ask, and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from policies_kb.eligibility.evaluate import evaluate
from policies_kb.eligibility.request import (
    AnswersInvalid,
    TopicExpired,
    TopicUnknown,
    asked_slots,
    missing_slots,
    read_answers,
    ruled_topic,
    ruled_topics,
)
from tests.factories import knowledge, topic, with_topic

from .people import SLOTS, TODAY


def missing(topic_id: str, written: Mapping[str, object]) -> tuple[str, ...]:
    verdict = evaluate(topic(topic_id), SLOTS, read_answers(SLOTS, written), TODAY)
    return missing_slots(knowledge(), verdict)


def test_only_topics_with_a_rule_that_are_in_force_can_be_asked_for() -> None:
    closed = with_topic(topic("subsidy", valid_to=date(2026, 3, 1)))

    assert [one.id for one in ruled_topics(knowledge(), TODAY)] == ["allowance", "subsidy"]
    assert [one.id for one in ruled_topics(closed, TODAY)] == ["allowance"]
    assert ruled_topic(closed, "subsidy", date(2026, 3, 1)).id == "subsidy"
    with pytest.raises(TopicExpired, match="ask 人社热线12333"):
        ruled_topic(closed, "subsidy", TODAY)


@pytest.mark.parametrize(("topic_id", "what"), [("nothing", "no topic"), ("annuity", "has no rule")])
def test_topic_that_cannot_be_asked_for_names_those_that_can(topic_id: str, what: str) -> None:
    with pytest.raises(TopicUnknown, match=f"{what}.*use one of allowance, subsidy"):
        ruled_topic(knowledge(), topic_id, TODAY)


def test_worked_out_slot_gives_way_to_those_it_is_worked_out_from() -> None:
    assert asked_slots(knowledge(), topic("subsidy")) == ("insured_time", "certificate_date", "employed")
    assert asked_slots(knowledge(), topic("allowance")) == ("skill_level", "pay_cause", "pay_before", "pay_now")


@pytest.mark.parametrize(
    ("topic_id", "written", "slots"),
    [
        ("allowance", {}, ("skill_level", "pay_cause", "pay_before", "pay_now")),
        ("allowance", {"skill_level": "技师", "pay_before": 8000}, ("pay_cause", "pay_now")),
        ("allowance", {"skill_level": "高级工"}, ()),
        ("allowance", {"pay_fall": "60%", "pay_cause": "转产", "skill_level": "技师"}, ("pay_now",)),
        ("allowance", {"pay_before": "7000/9000", "pay_now": "4000"}, ("skill_level", "pay_cause", "pay_before")),
        ("subsidy", {"certificate_date": "2025", "employed": True}, ("insured_time", "certificate_date")),
        ("subsidy", {"certificate_date": "2026-01", "employed": True, "insured_time": "3年/4年"}, ()),
    ],
)
def test_missing_is_what_is_not_known_exactly_enough(
    topic_id: str, written: Mapping[str, object], slots: tuple[str, ...]
) -> None:
    assert missing(topic_id, written) == slots


def test_every_answer_that_cannot_be_used_is_told() -> None:
    with pytest.raises(AnswersInvalid) as invalid:
        read_answers(SLOTS, {"age": 40, "employed": "maybe", "insured_time": "5年", "pay_now": None})

    assert list(invalid.value.problems) == ["age", "employed", "pay_now"]
    assert "age: no slot has this name; use one of insured_time, certificate_date" in str(invalid.value)


@pytest.mark.parametrize("raw", ["1e999999", "Infinity", "NaN", "-1", "1_000", "9" * 13, 1e300, "", "元", "2/1"])
@pytest.mark.parametrize("slot", ["pay_now", "insured_time"])
def test_number_that_nobody_has_is_refused(slot: str, raw: object) -> None:
    with pytest.raises(AnswersInvalid):
        read_answers(SLOTS, {slot: raw})

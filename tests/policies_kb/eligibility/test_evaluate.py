"""Conditions against answers: met, not met or not known, with one row for each side of each bound."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from policies_kb.eligibility.evaluate import Status, Verdict, earliest_within, evaluate, with_derived
from policies_kb.eligibility.values import parse
from tests.factories import topic

from .people import SLOTS, TODAY

MET, NOT_MET, UNKNOWN = Status.MET, Status.NOT_MET, Status.UNKNOWN
Written = Mapping[str, object]

QUALIFIED: Mapping[str, Written] = {
    "subsidy": {"insured_time": "3年", "certificate_date": "2025-06-01", "employed": True},
    "allowance": {"skill_level": "技师", "pay_cause": "转产", "pay_before": "8000元", "pay_now": "4000元"},
}


def verdict(topic_id: str, written: Written, today: date = TODAY) -> Verdict:
    answers = {name: parse(SLOTS[name], value) for name, value in written.items()}
    return evaluate(topic(topic_id), SLOTS, answers, today)


@pytest.mark.parametrize("topic_id", QUALIFIED)
def test_verdict_is_met_where_every_condition_is(topic_id: str) -> None:
    found = verdict(topic_id, QUALIFIED[topic_id])

    assert found.status is MET
    assert {finding.status for finding in found.findings} == {MET}
    assert found.missing == ()


@pytest.mark.parametrize("topic_id", QUALIFIED)
def test_verdict_of_nothing_is_unknown_and_misses_everything(topic_id: str) -> None:
    found = verdict(topic_id, {})

    assert found.status is UNKNOWN
    assert found.missing == topic(topic_id).conditions
    assert [finding.value for finding in found.findings] == [None] * len(found.findings)


@pytest.mark.parametrize(
    ("topic_id", "slot", "answer", "status"),
    [
        ("subsidy", "insured_time", "2年11个月", NOT_MET),
        ("subsidy", "insured_time", "3年", MET),
        ("subsidy", "insured_time", "3年1个月", MET),
        ("subsidy", "insured_time", "2年/2年11个月", NOT_MET),
        ("subsidy", "insured_time", "2年/3年", UNKNOWN),
        ("subsidy", "insured_time", "3年/4年", MET),
        ("subsidy", "certificate_date", "2016-12-31", NOT_MET),
        ("subsidy", "certificate_date", "2025-03-01", NOT_MET),
        ("subsidy", "certificate_date", "2025-03-02", MET),
        ("subsidy", "certificate_date", "2026-03-02", MET),
        ("subsidy", "certificate_date", "2026-03-03", NOT_MET),
        ("subsidy", "certificate_date", "2025-03", UNKNOWN),
        ("subsidy", "certificate_date", "2025-04", MET),
        ("subsidy", "certificate_date", "2016/2026", UNKNOWN),
        ("subsidy", "employed", False, NOT_MET),
        ("allowance", "skill_level", "高级工", NOT_MET),
        ("allowance", "skill_level", "高级技师", MET),
        ("allowance", "pay_cause", "其他", NOT_MET),
        ("allowance", "pay_now", "4000.01元", NOT_MET),
        ("allowance", "pay_now", "3999.99元", MET),
        ("allowance", "pay_now", "3000元/4000元", MET),
        ("allowance", "pay_now", "3000元/5000元", UNKNOWN),
        ("allowance", "pay_fall", "49.9%", NOT_MET),
        ("allowance", "pay_fall", "50%", MET),
        ("allowance", "pay_fall", "49%/51%", UNKNOWN),
    ],
)
def test_one_answer_decides_where_the_rest_is_met(topic_id: str, slot: str, answer: object, status: Status) -> None:
    assert verdict(topic_id, {**QUALIFIED[topic_id], slot: answer}).status is status


@pytest.mark.parametrize(("pay", "status"), [("5000元", MET), ("5000.01元", NOT_MET)])
def test_bound_of_at_most_is_included(pay: str, status: Status) -> None:
    assert verdict("allowance", {**QUALIFIED["allowance"], "pay_before": "12000元", "pay_now": pay}).status is status


def test_since_includes_its_day_and_within_is_another_condition() -> None:
    found = verdict("subsidy", {**QUALIFIED["subsidy"], "certificate_date": "2017-01-01"}, date(2017, 6, 1))

    assert found.status is MET
    late = verdict("subsidy", {**QUALIFIED["subsidy"], "certificate_date": "2017-01-01"})
    assert [finding.status for finding in late.findings] == [MET, MET, NOT_MET, MET]


def test_one_unmet_condition_decides_and_nothing_is_missing() -> None:
    found = verdict("subsidy", {"employed": False})

    assert found.status is NOT_MET
    assert [finding.status for finding in found.findings] == [UNKNOWN, UNKNOWN, UNKNOWN, NOT_MET]
    assert found.missing == ()


def test_missing_conditions_keep_their_order() -> None:
    found = verdict("subsidy", {"certificate_date": "2025", "employed": True})

    assert [condition.slot for condition in found.missing] == ["insured_time", "certificate_date"]


def test_answers_that_no_condition_asks_for_change_nothing() -> None:
    assert verdict("subsidy", {**QUALIFIED["subsidy"], "pay_cause": "其他"}).status is MET


def test_condition_with_a_written_flag_is_met_by_the_answer() -> None:
    *others, last = topic("subsidy").conditions
    changed = topic("subsidy", conditions=(*others, type(last)("", 3, "employed", last.operator, "是", "", "")))
    answers = {name: parse(SLOTS[name], value) for name, value in QUALIFIED["subsidy"].items()}

    assert evaluate(changed, SLOTS, answers, TODAY).status is MET


def test_slot_is_worked_out_from_others_where_both_are_known() -> None:
    before = parse(SLOTS["pay_before"], "8000元")
    both = {"pay_before": before, "pay_now": parse(SLOTS["pay_now"], "4000元")}

    assert with_derived(SLOTS, {"pay_before": before}) == {"pay_before": before}
    assert with_derived(SLOTS, both) == {**both, "pay_fall": parse(SLOTS["pay_fall"], "50%")}


def test_answer_of_its_own_comes_before_what_is_worked_out() -> None:
    found = verdict("allowance", {**QUALIFIED["allowance"], "pay_fall": "10%"})

    assert found.status is NOT_MET
    assert found.answers["pay_fall"] == parse(SLOTS["pay_fall"], "10%")


@pytest.mark.parametrize(
    ("written", "computed"),
    [
        ({"pay_before": "8000元", "pay_now": "4000元"}, "1600元"),
        ({"pay_before": "8000元/9000元", "pay_now": "4000元"}, "1600元/2000元"),
        ({"pay_before": "8000元"}, None),
        ({}, None),
    ],
)
def test_sum_is_worked_out_where_both_amounts_are_known(written: Written, computed: str | None) -> None:
    expected = computed and parse(SLOTS["pay_now"], computed)

    assert verdict("allowance", written).computed == expected


def test_topic_without_calculator_has_no_sum() -> None:
    assert verdict("subsidy", QUALIFIED["subsidy"]).computed is None


@pytest.mark.parametrize(
    ("today", "months", "earliest"),
    [
        (date(2026, 3, 2), 12, date(2025, 3, 2)),
        (date(2025, 2, 28), 12, date(2024, 2, 28)),
        (date(2025, 3, 1), 12, date(2024, 3, 1)),
        (date(2024, 2, 29), 12, date(2023, 3, 1)),
        (date(2024, 2, 28), 12, date(2023, 2, 28)),
        (date(2025, 3, 31), 1, date(2025, 3, 1)),
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
    ],
)
def test_span_runs_out_after_the_same_day_of_the_month(today: date, months: int, earliest: date) -> None:
    assert earliest_within(today, months) == earliest


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_earliest_day_is_the_first_whose_span_has_not_run_out(today: date, months: int) -> None:
    earliest = earliest_within(today, months)

    assert earliest + relativedelta(months=months) >= today
    assert earliest - timedelta(days=1) + relativedelta(months=months) < today

"""What a worker reads of a verdict and of a survey."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from policies_kb.eligibility.evaluate import Verdict, evaluate
from policies_kb.eligibility.report import (
    MOST_POSSIBLE,
    changes,
    computed_text,
    named,
    outcome_text,
    progress_text,
    survey_text,
    verdict_text,
)
from policies_kb.eligibility.survey import Survey, survey
from policies_kb.eligibility.values import parse
from policies_kb.model import Entity
from tests.factories import knowledge, topic

from .people import SLOTS, TODAY

TAIL = "文件印发于2017年11月30日。"


def verdict(topic_id: str, written: Mapping[str, object]) -> Verdict:
    answers = {name: parse(SLOTS[name], value) for name, value in written.items()}
    return evaluate(topic(topic_id), SLOTS, answers, TODAY)


def surveyed(written: Mapping[str, object]) -> list[str]:
    answers = {name: parse(SLOTS[name], value) for name, value in written.items()}
    return survey_text(knowledge(), survey(knowledge(), answers, TODAY)).split("\n")


def test_met_verdict_has_every_condition_its_item_the_outcome_and_the_sum() -> None:
    met = {"skill_level": "技师", "pay_cause": "转产", "pay_before": "8000元", "pay_now": "4000元"}

    assert verdict_text(knowledge(), verdict("allowance", met)).split("\n") == [
        "verdict_met 降薪补助 case_told",
        "✓ 是技师、高级技师（condition_known 技师，第4条）",
        "✓ 因转产（condition_known 转产，第4条）",
        "✓ 降薪50%（condition_known 50%，第4条）",
        "✓ 不超过5000元（condition_known 4000元，第4条）",
        "outcome_met 可以领补助。",
        "技师补助：100元",
        "verdict_computed 1600元",
        "verdict_guidance 工会热线12351",
        TAIL,
        "依据:《小文件》第4条",
    ]


def test_unmet_verdict_says_what_would_change_it_and_promises_nothing() -> None:
    unmet = {"insured_time": "3年", "certificate_date": "2016", "employed": False}

    assert verdict_text(knowledge(), verdict("subsidy", unmet)).split("\n") == [
        "verdict_not_met 考证补贴 case_told",
        "✓ 参保3年以上（condition_known 3年，第3条）",
        "✗ 2017年1月1日起取证（condition_known 2016年，第3条）",
        "✗ 1年内申请（condition_known 2016年，第3条）",
        "✗ 是在职职工（condition_known 不是，第3条）",
        "verdict_change 换新证再来。在职再来。",
        "verdict_guidance 人社热线12333",
        TAIL,
        "依据:《小文件》第3条",
    ]


def test_verdict_names_what_may_be_had_instead_with_its_source() -> None:
    instead = (verdict("allowance", {"skill_level": "技师"}), verdict("subsidy", {}))

    lines = verdict_text(knowledge(), verdict("allowance", {"skill_level": "高级工"}), "told", instead).split("\n")

    assert lines[5:] == [
        "verdict_change 评上技师、高级技师再来。",
        "verdict_instead 降薪补助（技师补助：100元）",
        "verdict_instead 考证补贴",
        "verdict_guidance 工会热线12351",
        TAIL,
        "依据:《小文件》第4条、第3条",
    ]


def test_progress_says_in_short_what_is_missing_and_what_it_is_for() -> None:
    written = {"skill_level": "技师", "pay_cause": "转产", "pay_before": "8000元", "pay_now": "4000元/5000元"}

    assert progress_text(knowledge(), verdict("allowance", written)).split("\n") == [
        "verdict_progress 降薪补助 降薪50%",
        "outcome_unknown 可以领补助。",
        "技师补助：100元",
        "verdict_computed 1200元至1600元",
        "依据:《小文件》第4条",
    ]


def test_unknown_verdict_marks_what_is_not_told_and_what_is_told_too_roughly() -> None:
    lines = verdict_text(knowledge(), verdict("subsidy", {"certificate_date": "2025"})).split("\n")

    assert lines[:6] == [
        "verdict_unknown 考证补贴 case_told",
        "？ 参保3年以上（condition_unknown，第3条）",
        "✓ 2017年1月1日起取证（condition_known 2025年，第3条）",
        "？ 1年内申请（condition_known 2025年，第3条）",
        "？ 是在职职工（condition_unknown，第3条）",
        "outcome_unknown 1年内可以申请。",
    ]


def test_sum_is_not_told_where_a_condition_is_not_met() -> None:
    text = verdict_text(knowledge(), verdict("allowance", {"pay_before": "8000元", "pay_now": "7000元"}))

    assert "verdict_computed" not in text
    assert "outcome" not in text


@pytest.mark.parametrize("whose", ["told", "supposed", "other"])
def test_verdict_says_whose_case_it_is(whose: str) -> None:
    assert f"case_{whose}" in verdict_text(knowledge(), verdict("subsidy", {}), whose)


def test_later_rule_is_not_left_out() -> None:
    found = evaluate(topic("subsidy", notices=("newer",)), SLOTS, {}, TODAY)

    assert "2025年1月1日起有新规定，请打工会热线12351核实。" in verdict_text(knowledge(), found)


@pytest.mark.parametrize(
    ("written", "figures"),
    [({"skill_level": "高级技师"}, ["高级技师补助：200元"]), ({}, ["技师补助：100元", "高级技师补助：200元"])],
)
def test_outcome_has_the_figures_of_the_persons_level_or_all(written: Mapping[str, str], figures: list[str]) -> None:
    assert outcome_text(knowledge(), verdict("allowance", written)).split("\n") == ["可以领补助。", *figures]


def test_topic_without_rule_has_no_outcome() -> None:
    with pytest.raises(ValueError, match="annuity has no rule"):
        outcome_text(knowledge(), evaluate(topic("annuity"), SLOTS, {}, TODAY))


def test_what_would_change_two_conditions_is_said_once() -> None:
    assert changes(knowledge(), verdict("subsidy", {"certificate_date": "2016"})) == ("换新证再来。",)


def test_sum_of_rough_amounts_is_a_range() -> None:
    assert computed_text(verdict("allowance", {"pay_before": "8000元/9000元", "pay_now": "4000元"})) == "1600元至2000元"
    assert computed_text(verdict("allowance", {})) is None


def test_only_what_can_pick_a_figure_is_named() -> None:
    assert named(verdict("allowance", {"skill_level": "技师", "pay_cause": "转产"})) == {
        Entity.SKILL_LEVEL: frozenset({"技师"})
    }


def test_survey_lists_what_is_certain_and_what_the_rest_depends_on() -> None:
    written = {"insured_time": "3年", "certificate_date": "2026-01", "employed": True, "skill_level": "技师"}

    assert surveyed(written) == [
        "benefits_certain",
        "✓ 考证补贴",
        "benefits_possible",
        "？ 降薪补助（技师补助：100元）；benefits_missing 降薪原因、降薪幅度、现在的工资",
        "benefits_guidance 人社热线12333 2017年11月30日",
        "依据:《小文件》第3条、第4条",
    ]


def test_survey_without_anything_certain_says_so() -> None:
    assert surveyed({"employed": False, "skill_level": "高级工"}) == [
        "benefits_none",
        "benefits_guidance 人社热线12333 2017年11月30日",
    ]


def test_slot_that_two_conditions_miss_is_named_once() -> None:
    assert surveyed({"employed": True})[:3] == [
        "benefits_none",
        "benefits_possible",
        "？ 考证补贴；benefits_missing 参保时间、取证时间",
    ]


def test_survey_shows_only_so_many_that_depend_on_something() -> None:
    found = Survey((), (verdict("subsidy", {"employed": True}),) * (MOST_POSSIBLE + 1), ())

    assert survey_text(knowledge(), found).count("？") == MOST_POSSIBLE

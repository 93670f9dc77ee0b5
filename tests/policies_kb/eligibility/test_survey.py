"""All benefits at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

import msgspec
import pytest
from hypothesis import given

from policies_kb.eligibility.evaluate import Answers, Status, evaluate
from policies_kb.eligibility.survey import Survey, survey
from policies_kb.eligibility.values import parse
from policies_kb.model import KnowledgeBase
from tests.factories import knowledge, topic, with_topic

from .people import RULES, SLOTS, TODAY, answers

SUBSIDY = {"insured_time": "3年", "certificate_date": "2026-01", "employed": True}
ALLOWANCE = {"skill_level": "技师", "pay_cause": "转产", "pay_fall": "60%", "pay_now": "4000元"}


def surveyed(
    written: Mapping[str, object], left_out: Collection[str] = (), content: KnowledgeBase | None = None
) -> Survey:
    told = {name: parse(SLOTS[name], value) for name, value in written.items()}
    return survey(content or knowledge(), told, TODAY, left_out)


def ids(found: Survey) -> tuple[list[str], list[str]]:
    return [one.topic.id for one in found.certain], [one.topic.id for one in found.possible]


@pytest.mark.parametrize(
    ("written", "certain", "possible"),
    [
        ({}, [], []),
        (SUBSIDY, ["subsidy"], []),
        ({**SUBSIDY, **ALLOWANCE}, ["subsidy", "allowance"], []),
        ({**SUBSIDY, "skill_level": "技师"}, ["subsidy"], ["allowance"]),
        ({"employed": True, "skill_level": "技师"}, [], ["subsidy", "allowance"]),
        ({**ALLOWANCE, "pay_fall": "40%/60%", "employed": True}, [], ["allowance", "subsidy"]),
        ({"employed": False, "skill_level": "高级工"}, [], []),
    ],
    ids=["nothing", "one", "both", "one depends", "as listed", "nearest first", "none"],
)
def test_benefits_are_certain_or_possible_or_left_out(
    written: Mapping[str, object], certain: list[str], possible: list[str]
) -> None:
    assert ids(surveyed(written)) == (certain, possible)


@pytest.mark.parametrize(
    ("written", "left_out", "asking"),
    [
        ({}, (), ("skill_level", "employed", "insured_time", "certificate_date")),
        ({"skill_level": "技师", "insured_time": "5年"}, (), ("employed", "certificate_date")),
        ({"employed": False}, (), ("skill_level",)),
        ({"skill_level": "高级工"}, ("employed",), ("insured_time", "certificate_date")),
        ({"certificate_date": "2025"}, (), ("skill_level", "employed", "insured_time", "certificate_date")),
        ({**SUBSIDY, **ALLOWANCE}, (), ()),
    ],
    ids=["nothing", "some", "one failed", "left out", "vague", "all"],
)
def test_only_what_an_undecided_benefit_needs_is_worth_asking(
    written: Mapping[str, object], left_out: Collection[str], asking: tuple[str, ...]
) -> None:
    assert surveyed(written, left_out).asking == asking


def test_expired_benefit_is_left_out() -> None:
    content = with_topic(topic("subsidy", valid_to=date(2026, 3, 1)))

    found = surveyed(SUBSIDY, content=content)

    assert (ids(found), found.asking) == (([], []), ("skill_level",))


def test_benefit_that_the_interview_does_not_name_is_left_out() -> None:
    interview = msgspec.structs.replace(knowledge().interview, topics=("allowance",))

    assert ids(surveyed(SUBSIDY, content=msgspec.structs.replace(knowledge(), interview=interview))) == ([], [])


@given(answers())
def test_survey_says_what_each_rule_says(known: Answers) -> None:
    found = survey(knowledge(), known, TODAY)

    by_status = {rule.id: evaluate(rule, SLOTS, known, TODAY).status for rule in RULES}
    certain, possible = ids(found)
    assert {name for name, status in by_status.items() if status is Status.MET} == set(certain)
    assert {name for name, status in by_status.items() if status is Status.UNKNOWN} >= set(possible)

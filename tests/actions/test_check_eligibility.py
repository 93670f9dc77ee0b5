"""The action that gives a verdict."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from rasa_sdk.events import FollowupAction, SlotSet

from actions.check_eligibility import FORM, CheckEligibility
from actions.choose import Choose
from policies_kb.answer import worker_answer
from tests.factories import knowledge, topic, with_topic

from .running import run
from .talking import Talk

QUALIFIED = {"insured_time": "3年", "certificate_date": "2026-01", "employed": True}


async def test_everything_that_the_question_tells_is_used() -> None:
    talk = Talk()

    outcome = await talk.ask("subsidy", stated=QUALIFIED)

    (text,) = outcome.texts
    assert text.startswith("verdict_met 考证补贴 case_told\n")
    assert text.endswith("\n依据:《小文件》第3条")
    assert (outcome.options, talk.asked) == ([], None)
    assert talk.told == QUALIFIED


async def test_topic_counts_as_checked_for_follow_ups_once_it_was_decided() -> None:
    talk = Talk()

    await talk.ask("subsidy", stated={"employed": False})

    assert talk.slots["inquiry"]["topic"] == "subsidy"


async def test_one_unmet_condition_decides_without_asking_the_rest() -> None:
    talk = Talk()

    outcome = await talk.ask("subsidy", stated={"employed": False})

    assert outcome.texts[0].startswith("verdict_not_met")
    assert (len(outcome.texts), talk.asked) == (1, None)


async def test_level_that_rules_a_benefit_out_is_told_what_takes_it() -> None:
    level = topic("allowance").conditions[0]
    course = topic("allowance", id="course", title="高级工培训", conditions=(replace(level, value="高级工"),))

    outcome = await Talk(with_topic(course)).ask("allowance", stated={"skill_level": "高级工"})

    assert "\nverdict_instead 高级工培训（" in outcome.texts[0]
    assert outcome.texts[0].endswith("\n依据:《小文件》第4条")


async def test_verdict_that_lacks_something_begins_the_form() -> None:
    talk = Talk()

    outcome = await talk.ask("subsidy", stated={"employed": True})

    verdict, question = outcome.texts
    assert verdict.startswith("verdict_unknown")
    assert question == "参保多久？"
    assert talk.asked == "insured_time"


async def test_figures_without_a_word_go_to_the_conditions_of_their_kind() -> None:
    talk = Talk()

    await talk.ask("subsidy", loose=[["duration", "5年"], ["date", "2026-01"], ["amount", "3000元"]])

    assert talk.told == {"insured_time": "5年", "certificate_date": "2026-01"}
    assert talk.asked == "employed"


async def test_what_was_told_before_is_still_known() -> None:
    talk = Talk(stated={"employed": True, "insured_time": "5年"})

    outcome = await talk.ask("subsidy", stated={"certificate_date": "2026-01"})

    assert outcome.texts[0].startswith("verdict_met")


async def test_correction_replaces_the_value_that_was_told_last() -> None:
    talk = Talk()
    await talk.ask("subsidy", stated={"certificate_date": "2026-01", "employed": True})
    await talk.answer("两年", loose=[["duration", "2年"]])
    assert talk.told["insured_time"] == "2年"

    outcome = await talk.ask("subsidy", "说错了，是5年", correction=True, loose=[["duration", "5年"]])

    assert talk.told == {"certificate_date": "2026-01", "employed": True, "insured_time": "5年"}
    assert outcome.texts[0].startswith("verdict_met")


@pytest.mark.parametrize(
    ("statement", "case", "result"),
    [
        ({"hypothetical": True}, "case_supposed", "verdict_not_met"),
        ({"subject": "other"}, "case_other", "verdict_not_met"),
        ({"subject": "self"}, "case_told", "verdict_not_met"),
    ],
)
async def test_verdict_says_whose_case_it_is(statement: dict[str, Any], case: str, result: str) -> None:
    outcome = await Talk().ask("subsidy", stated={"insured_time": "1年"}, **statement)

    assert outcome.texts[0].startswith(f"{result} 考证补贴 {case}\n")


@pytest.mark.parametrize("statement", [{"hypothetical": True}, {"subject": "other"}])
async def test_what_is_supposed_or_told_of_another_is_not_remembered(statement: dict[str, Any]) -> None:
    talk = Talk(stated={"insured_time": "5年"})

    outcome = await talk.ask("subsidy", stated={"insured_time": "1年", "employed": False}, **statement)

    assert talk.told == {"insured_time": "5年"}
    assert "inquiry" not in talk.slots
    assert FollowupAction(FORM) not in outcome.events


async def test_supposed_change_is_laid_over_what_is_known() -> None:
    talk = Talk(stated={**QUALIFIED, "insured_time": "1年"})

    outcome = await talk.ask("subsidy", stated={"insured_time": "3年"}, hypothetical=True)

    assert outcome.texts[0].startswith("verdict_met")


async def test_another_person_shares_nothing_with_the_worker() -> None:
    outcome = await Talk(stated=QUALIFIED).ask("subsidy", stated={"insured_time": "3年"}, subject="other")

    assert outcome.texts[0].startswith("verdict_unknown 考证补贴")
    assert "是在职职工（condition_unknown" in outcome.texts[0]


async def test_answer_that_the_content_no_longer_takes_counts_as_not_given() -> None:
    talk = Talk(stated={"employed": "perhaps", "gone": "1", **QUALIFIED, "insured_time": "long"})

    outcome = await talk.ask("subsidy")

    assert outcome.texts[0].startswith("verdict_unknown")
    assert talk.asked == "insured_time"


async def test_topic_and_question_are_kept_for_follow_ups() -> None:
    outcome = await run(
        CheckEligibility, "ask/subsidy", intent="qualify", text="我能领吗", statement={"stated": QUALIFIED}
    )

    assert outcome.events[1:3] == [SlotSet("topic", "subsidy"), SlotSet("asked", "我能领吗")]


async def test_question_without_a_topic_is_about_the_last_one() -> None:
    outcome = await run(CheckEligibility, "qualify", slots={"topic": "subsidy", "stated": QUALIFIED})

    assert outcome.texts[0].startswith("verdict_met 考证补贴")


async def test_topic_without_rule_is_answered_as_it_is() -> None:
    outcome = await run(CheckEligibility, "ask/annuity", intent="qualify", statement={"stated": QUALIFIED})

    assert outcome.texts == [worker_answer(knowledge(), topic("annuity"), {})]


@pytest.mark.parametrize(("last_day", "verdict"), [(date(2026, 3, 2), True), (date(2026, 3, 1), False)])
async def test_expired_rule_gives_no_verdict(last_day: date, verdict: bool) -> None:
    content = with_topic(topic("subsidy", valid_to=last_day))

    outcome = await Talk(content).ask("subsidy", stated=QUALIFIED)

    assert outcome.texts[0].startswith("verdict_met" if verdict else "expired 人社热线12333")


@pytest.mark.parametrize("slots", [{}, {"topic": "gone"}])
async def test_question_about_nothing_is_not_covered(slots: dict[str, object]) -> None:
    assert (await run(CheckEligibility, "qualify", slots=slots)).texts == ["not_covered"]


async def test_answer_of_a_topic_with_a_rule_offers_to_check_and_the_offer_begins_the_form() -> None:
    menu = {"topic": "subsidy", "menu": ["eligibility_offer"]}

    chosen = await run(Choose, "choose", entities=[("choice", "1")], slots=menu)
    begun = await run(CheckEligibility, "choose", slots=menu)

    assert (chosen.texts, chosen.events[1:]) == ([], [FollowupAction("action_check_eligibility")])
    assert begun.texts == ["eligibility_begin "]
    assert begun.events[-1] == FollowupAction(FORM)


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        # 厂里转产，能领不
        ({"stated": {"pay_cause": "转产"}, "subject": None}, True),
        # 我是高级技师，能领不
        ({"stated": {"skill_level": "高级技师"}}, True),
        # 高级技师能领不
        ({"stated": {"skill_level": "高级技师"}, "subject": None}, False),
        # 我得过金牌，能领不: nothing that this rule asks for
        ({"stated": {"medal": "金牌"}}, False),
    ],
)
async def test_verdict_needs_a_case_and_not_only_the_name_of_a_level(statement: dict[str, Any], verdict: bool) -> None:
    outcome = await Talk().ask("allowance", **statement)

    assert outcome.texts[0].startswith("verdict_") is verdict


async def test_levels_that_are_compared_are_nobodys() -> None:
    entities = [("skill_level", "技师"), ("skill_level", "高级技师")]
    statement = {"stated": {"skill_level": "高级技师"}, "subject": "self"}

    outcome = await run(CheckEligibility, "ask/allowance", entities=entities, statement=statement)

    assert not outcome.texts[0].startswith("verdict_")

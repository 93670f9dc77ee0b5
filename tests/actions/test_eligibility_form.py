"""The questions of an inquiry, and what is made of the answers."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk.events import SlotSet

from actions.check_eligibility import REQUESTED
from actions.validate_eligibility_form import ValidateEligibilityForm
from tests.factories import topic, with_topic

from .running import run
from .talking import EMPLOYED, INSURED, SINCE, WITHIN, Talk, asking, progress

SKIP = "eligibility_skip"
PAY = {"skill_level": "技师", "pay_cause": "转产"}


@pytest.mark.parametrize(
    ("topic", "stated", "question", "options"),
    [
        ("subsidy", {}, "参保多久？", []),
        ("subsidy", {"insured_time": "5年"}, "哪天取证？", []),
        (
            "subsidy",
            {"insured_time": "5年", "certificate_date": "2026-01"},
            "在职吗？",
            ["eligibility_yes", "eligibility_no", SKIP],
        ),
        ("allowance", {}, "什么等级？", ["高级工", "技师", "高级技师", SKIP]),
        ("allowance", {"skill_level": "技师"}, "为什么降薪？", ["转产", "其他", SKIP]),
        ("allowance", PAY, "降了多少？", []),
        ("allowance", {**PAY, "pay_fall": "60%"}, "现在多少？", []),
    ],
)
async def test_each_question_has_its_choices(
    topic: str, stated: dict[str, object], question: str, options: list[str]
) -> None:
    talk = Talk()

    outcome = await talk.ask(topic, stated=stated)

    assert (outcome.texts[-1], outcome.options) == (question, options)
    assert talk.slots.get("menu", []) == options


async def test_questions_follow_each_other_until_the_verdict() -> None:
    talk = await asking("subsidy")

    second = await talk.answer("五年", loose=[["duration", "5年"]])
    third = await talk.answer("一月", loose=[["date", "2026-01"]])
    verdict = await talk.answer("eligibility_yes")

    assert second.texts == [progress(SINCE, WITHIN, EMPLOYED), "哪天取证？"]
    assert third.texts == [progress(EMPLOYED), "在职吗？"]
    assert verdict.texts[0].startswith("verdict_met 考证补贴 case_told\n")
    assert verdict.events[-1] == SlotSet(REQUESTED, None)
    assert talk.told == {"insured_time": "5年", "certificate_date": "2026-01", "employed": True}


async def test_answer_that_fails_ends_the_questions() -> None:
    talk = await asking("subsidy")

    outcome = await talk.answer("一年", loose=[["duration", "1年"]])

    assert outcome.texts[0].startswith("verdict_not_met")
    assert talk.asked is None


@pytest.mark.parametrize(
    ("said", "employed"),
    [
        ({"text": "eligibility_no"}, False),
        ({"number": 2, "text": "2"}, False),
        ({"number": 1, "text": "第一个"}, True),
        ({"text": "在职", "stated": {"employed": True}}, True),
        ({"text": "对", "loose": [["flag", True]]}, True),
        ({"text": "没有", "loose": [["flag", False]]}, False),
    ],
)
async def test_flag_is_answered_by_choice_number_or_words(said: dict[str, Any], employed: bool) -> None:
    talk = await asking("subsidy", insured_time="5年", certificate_date="2026-01")

    await talk.answer(**said)

    assert talk.told["employed"] is employed


@pytest.mark.parametrize(("said", "level"), [({"text": "高级技师"}, "高级技师"), ({"number": 2, "text": "2"}, "技师")])
async def test_number_picks_the_choice_on_the_screen(said: dict[str, Any], level: str) -> None:
    talk = await asking("allowance")

    await talk.answer(**said)

    assert talk.told == {"skill_level": level}


async def test_number_of_the_last_choice_skips() -> None:
    talk = await asking("allowance")

    outcome = await talk.answer("4", number=4)

    assert (outcome.texts, talk.told) == (["为什么降薪？"], {})


@pytest.mark.parametrize(
    ("topic", "stated", "number", "told"),
    [
        ("subsidy", {}, "1", {"insured_time": "1年"}),
        ("subsidy", {}, "5", {"insured_time": "5年"}),
        ("allowance", {**PAY, "pay_fall": "60%"}, "4500", {"pay_now": "4500元"}),
    ],
)
async def test_bare_number_is_what_the_question_asks_for_and_no_choice(
    topic: str, stated: dict[str, Any], number: str, told: dict[str, Any]
) -> None:
    talk = await asking(topic, **stated)
    talk.slots["menu"] = ["企业年金", "获奖奖金"]

    await talk.answer(number, label="choose", number=int(number), loose=[["number", number]])

    assert talk.told == {**stated, **told}


async def test_slot_that_is_worked_out_is_answered_by_what_it_follows_from() -> None:
    talk = await asking("allowance", **PAY)

    outcome = await talk.answer("从8000到4000", loose=[["amount", "8000元"], ["amount", "4000元"]])

    assert outcome.texts[0].startswith("verdict_met")
    assert "verdict_computed 1600元" in outcome.texts[0]
    assert talk.told == {**PAY, "pay_before": "8000元", "pay_now": "4000元"}


@pytest.mark.parametrize("said", [{"text": SKIP}, {"text": "说不好", "skip": True}])
async def test_skipped_question_stays_unknown_and_is_not_asked_again(said: dict[str, Any]) -> None:
    talk = await asking("subsidy")

    outcome = await talk.answer(**said)
    await talk.answer(loose=[["date", "2026-01"]])
    verdict = await talk.answer("eligibility_yes")

    assert outcome.texts == ["哪天取证？"]
    assert verdict.texts[0].startswith("verdict_unknown")
    assert (talk.asked, "insured_time" in talk.told) == (None, False)


async def test_stop_ends_the_inquiry_and_keeps_what_was_told() -> None:
    talk = await asking("subsidy", employed=True)

    outcome = await talk.answer("算了", stop=True)

    assert outcome.texts == ["eligibility_stopped"]
    assert (talk.asked, talk.slots["inquiry"]) == (None, None)
    assert talk.told == {"employed": True}


async def test_inquiry_that_was_stopped_can_begin_anew() -> None:
    talk = await asking("subsidy")
    await talk.answer(skip=True)
    await talk.answer("算了", stop=True)

    outcome = await talk.ask("subsidy")

    assert outcome.texts[-1] == "参保多久？"


@pytest.mark.parametrize("label", ["clarify", "choose", "oos/unknown", "chat/noise"])
async def test_unclear_answer_is_asked_again_and_then_left_unknown(label: str) -> None:
    talk = await asking("subsidy")

    again = await talk.answer("嗯嗯", label=label)
    gone_on = await talk.answer("嗯嗯", label=label)

    assert again.texts == ["eligibility_unclear 只给参保3年以上的。参保多久？"]
    assert gone_on.texts == ["哪天取证？"]
    assert talk.told == {}


async def test_vague_answer_is_asked_more_exactly_and_then_left_unknown() -> None:
    talk = await asking("subsidy")

    again = await talk.answer("三年左右", loose=[["duration", "2年/4年"]])
    gone_on = await talk.answer("三年左右吧", loose=[["duration", "2年/4年"]])

    assert again.texts == ["eligibility_more_exact 只给参保3年以上的。参保多久？"]
    assert gone_on.texts == [progress(INSURED, SINCE, WITHIN, EMPLOYED), "哪天取证？"]
    assert talk.told == {"insured_time": "2年/4年"}


async def test_half_of_what_a_slot_follows_from_is_asked_more_exactly() -> None:
    talk = await asking("allowance", **PAY)

    outcome = await talk.answer("原来8000", stated={"pay_before": "8000元"})

    assert outcome.texts == ["eligibility_more_exact 降得少的不给。降了多少？"]


async def test_correction_replaces_the_last_answer_and_the_question_stands() -> None:
    talk = await asking("subsidy")
    await talk.answer(loose=[["duration", "3年"]])

    outcome = await talk.answer("说错了，是5年", loose=[["duration", "5年"]], correction=True)

    assert talk.told == {"insured_time": "5年"}
    assert outcome.texts == [progress(SINCE, WITHIN, EMPLOYED), "哪天取证？"]
    assert talk.asked == "certificate_date"


async def test_correction_that_fails_a_condition_decides() -> None:
    talk = await asking("subsidy")
    await talk.answer(loose=[["duration", "3年"]])

    outcome = await talk.answer("说错了，是1年", loose=[["duration", "1年"]], correction=True)

    assert outcome.texts[0].startswith("verdict_not_met")


async def test_answer_can_tell_more_than_was_asked() -> None:
    talk = await asking("subsidy")

    outcome = await talk.answer(loose=[["duration", "5年"]], stated={"certificate_date": "2026-01"})

    assert outcome.texts == [progress(EMPLOYED), "在职吗？"]


async def test_fact_that_was_not_asked_for_is_taken_and_the_question_stands() -> None:
    talk = await asking("subsidy")

    outcome = await talk.answer("我在职", label="ask/subsidy", stated={"employed": True})

    assert outcome.texts == [progress(INSURED, SINCE, WITHIN), "参保多久？"]
    assert talk.told == {"employed": True}


async def test_form_without_an_inquiry_ends() -> None:
    outcome = await run(ValidateEligibilityForm)

    assert (outcome.texts, outcome.events) == ([], [SlotSet("misses", 0), SlotSet(REQUESTED, None)])


async def test_question_that_the_content_no_longer_has_is_passed_over() -> None:
    talk = await asking("subsidy", insured_time="5年")
    talk.slots[REQUESTED] = "gone"

    outcome = await talk.answer("技师")

    assert outcome.texts == ["哪天取证？"]


async def test_topic_that_is_stopped_ends_its_questions() -> None:
    talk = await asking("subsidy")
    talk._content = with_topic(topic("subsidy", suspended=True))

    outcome = await talk.answer("五年", loose=[["duration", "5年"]])

    assert [text.split()[0] for text in outcome.texts] == ["suspended"]
    assert (talk.asked, talk.slots["inquiry"]) == (None, None)

"""Other questions while the form is open: answered first, and then the last one is asked again."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk.events import ActionExecutionRejected

from actions.check_eligibility import FORM, REQUESTED

from .talking import EMPLOYED, INSURED, SINCE, WITHIN, Talk, asking, progress


@pytest.mark.parametrize(
    ("label", "statement"),
    [
        ("ask/annuity", {}),
        ("ask/annuity", {"stated": {"pay_cause": "转产"}}),
        ("ask/annuity", {"stated": {"employed": True}, "asks": True}),
        ("oos/pension", {}),
        ("handoff", {}),
        ("chat/thanks", {}),
        ("ask/subsidy", {"stated": {"insured_time": "1年"}, "subject": "other"}),
        ("ask/subsidy", {"stated": {"insured_time": "1年"}, "hypothetical": True}),
    ],
)
async def test_another_question_interrupts_and_then_the_last_one_is_asked_again(
    label: str, statement: dict[str, Any]
) -> None:
    talk = await asking("subsidy", certificate_date="2026-01")

    interrupted = await talk.answer("另问一句", label=label, **statement)
    kept = talk.slots["inquiry"]
    resumed = await talk.resume()
    verdict = await talk.answer(loose=[["duration", "1年"]])

    assert (interrupted.texts, interrupted.events[-1]) == ([], ActionExecutionRejected(FORM))
    assert (kept["topic"], kept["interrupted"], talk.slots["inquiry"]["interrupted"]) == ("subsidy", True, False)
    assert resumed.texts == ["eligibility_resume 参保多久？"]
    assert verdict.texts[0].startswith("verdict_not_met")


async def test_interruption_does_not_count_as_a_question() -> None:
    talk = await asking("subsidy")
    for _ in range(3):
        await talk.answer("另问一句", label="ask/annuity")
        await talk.resume()

    outcome = await talk.answer("嗯嗯")

    assert outcome.texts[0].startswith("eligibility_unclear")


@pytest.mark.parametrize("asks", [True, False])
async def test_answer_within_another_question_is_an_answer(asks: bool) -> None:
    talk = await asking("subsidy")

    outcome = await talk.answer("交了5年", label="ask/annuity", stated={"insured_time": "5年"}, asks=asks)

    assert outcome.texts == [progress(SINCE, WITHIN, EMPLOYED), "哪天取证？"]
    assert talk.told == {"insured_time": "5年"}


@pytest.mark.parametrize("label", ["ask/annuity", "qualify/allowance"])
async def test_what_the_form_has_yet_to_ask_is_an_answer_even_if_it_sounds_like_another_topic(label: str) -> None:
    talk = await asking("subsidy")

    outcome = await talk.answer("我在职", label=label, stated={"employed": True})

    assert outcome.texts == [progress(INSURED, SINCE, WITHIN), "参保多久？"]
    assert talk.told == {"employed": True}


@pytest.mark.parametrize(
    ("stated", "question", "asked"),
    [({}, "什么等级？", "skill_level"), ({"skill_level": "技师"}, "为什么降薪？", "pay_cause")],
)
async def test_question_about_another_topic_takes_over_the_form(
    stated: dict[str, Any], question: str, asked: str
) -> None:
    talk = await asking("subsidy")
    await talk.answer(label="ask/allowance", stated=stated)

    outcome = await talk.ask("allowance", stated=stated)

    assert [text.partition(" ")[0] for text in outcome.texts] == ["verdict_unknown", question]
    assert (talk.asked, talk.slots["inquiry"]["topic"]) == (asked, "allowance")


async def test_question_that_is_decided_at_once_lets_the_form_go_on() -> None:
    talk = Talk()
    await talk.ask("subsidy")
    await talk.answer(label="ask/allowance", stated={"skill_level": "高级工"})
    decided = await talk.ask("allowance", stated={"skill_level": "高级工"})

    resumed = await talk.resume()

    assert [text.partition(" ")[0] for text in decided.texts] == ["verdict_not_met"]
    assert resumed.texts == ["eligibility_resume 参保多久？"]
    assert talk.asked == "insured_time"


async def test_question_that_the_interruption_answered_is_not_asked_again() -> None:
    talk = await asking("subsidy")
    await talk.answer("技师工资降了有补助吗，交了5年", label="oos/pension")
    await talk.ask("allowance", stated={"skill_level": "高级工", "insured_time": "5年"})

    resumed = await talk.resume()

    assert resumed.texts == [progress(SINCE, WITHIN, EMPLOYED), "哪天取证？"]


async def test_interruption_that_answered_everything_is_followed_by_the_verdict() -> None:
    talk = await asking("subsidy", certificate_date="2026-01", employed=True)
    await talk.answer("另问一句", label="oos/pension")
    await talk.ask("allowance", stated={"skill_level": "高级工", "insured_time": "5年"})

    resumed = await talk.resume()

    assert resumed.texts[0].startswith("verdict_met 考证补贴 case_told\n")
    assert (len(resumed.texts), talk.asked) == (1, None)


async def test_question_that_the_content_dropped_during_the_interruption_is_not_asked_again() -> None:
    talk = await asking("subsidy", insured_time="5年")
    await talk.answer("另问一句", label="ask/annuity")
    talk.slots[REQUESTED] = "gone"

    resumed = await talk.resume()

    assert resumed.texts == [progress(SINCE, WITHIN, EMPLOYED), "哪天取证？"]

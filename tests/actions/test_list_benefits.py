"""The interview: which ones can I get."""

from __future__ import annotations

from typing import Any

import pytest

from .talking import Talk

SURE = {"skill_level": "高级工", "insured_time": "3年", "certificate_date": "2026-01", "employed": True}


async def test_interview_asks_in_its_own_order() -> None:
    talk = Talk()

    first = await talk.ask_for_all()
    second = await talk.answer("技师")

    assert (first.texts, first.options) == (["什么等级？"], ["高级工", "技师", "高级技师", "eligibility_skip"])
    assert (second.texts, talk.told) == (["在职吗？"], {"skill_level": "技师"})


async def test_interview_ends_after_its_most_questions() -> None:
    talk = Talk()
    await talk.ask_for_all()
    await talk.answer("技师")
    await talk.answer("eligibility_yes")
    assert talk.asked == "insured_time"

    outcome = await talk.answer(loose=[["duration", "5年"]])

    assert outcome.texts[0].split("\n")[:4] == [
        "benefits_none",
        "benefits_possible",
        "？ 考证补贴；benefits_missing 取证时间",
        "？ 降薪补助（技师补助：100元）；benefits_missing 降薪原因、降薪幅度、现在的工资",
    ]
    assert talk.asked is None


@pytest.mark.parametrize("last", [{"skip": True}, {"text": "嗯嗯"}, {"loose": [["duration", "2年/4年"]]}])
async def test_last_question_is_not_repeated(last: dict[str, Any]) -> None:
    talk = Talk()
    await talk.ask_for_all()
    await talk.answer("技师")
    await talk.answer("eligibility_yes")

    outcome = await talk.answer(**last)

    assert outcome.texts[0].startswith("benefits_none\nbenefits_possible\n")
    assert talk.asked is None


async def test_vague_answer_is_not_asked_again_in_the_interview() -> None:
    talk = Talk()
    await talk.ask_for_all(stated={"skill_level": "技师", "employed": True})

    outcome = await talk.answer(loose=[["duration", "2年/4年"]])

    assert outcome.texts == ["哪天取证？"]


async def test_what_was_told_before_and_in_the_question_is_not_asked() -> None:
    talk = Talk(stated={"skill_level": "技师"})

    outcome = await talk.ask_for_all(stated={"employed": True})

    assert outcome.texts == ["参保多久？"]
    assert talk.told == {"skill_level": "技师", "employed": True}


async def test_nothing_to_ask_is_listed_at_once() -> None:
    talk = Talk()

    outcome = await talk.ask_for_all(stated=SURE)

    assert outcome.texts[0].startswith("benefits_certain\n✓ 考证补贴\n")
    assert outcome.texts[0].endswith("\n依据:《小文件》第3条")
    assert (talk.asked, talk.told) == (None, SURE)


@pytest.mark.parametrize("statement", [{"hypothetical": True}, {"subject": "other"}])
async def test_case_of_another_is_listed_and_not_remembered(statement: dict[str, Any]) -> None:
    talk = Talk(stated={"employed": False})

    outcome = await talk.ask_for_all(stated=SURE, **statement)

    assert outcome.texts[0].startswith("benefits_certain\n✓ 考证补贴\n")
    assert talk.slots == {"stated": {"employed": False}, "misses": 0}


async def test_supposed_change_is_laid_over_what_is_known_and_another_shares_nothing() -> None:
    supposed = await Talk(stated={**SURE, "employed": False}).ask_for_all(stated={"employed": True}, hypothetical=True)
    another = await Talk(stated=SURE).ask_for_all(stated={"employed": True}, subject="other")

    assert supposed.texts[0].startswith("benefits_certain\n✓ 考证补贴\n")
    assert another.texts[0].startswith("benefits_none\nbenefits_possible\n？ 考证补贴；")


async def test_stop_leaves_the_interview() -> None:
    talk = Talk()
    await talk.ask_for_all()

    outcome = await talk.answer("算了", stop=True)

    assert (outcome.texts, talk.asked) == (["eligibility_stopped"], None)


async def test_interview_takes_over_the_form() -> None:
    talk = Talk()
    await talk.ask("subsidy")
    await talk.answer(label="benefits")

    outcome = await talk.ask_for_all()

    assert (outcome.texts, talk.asked) == (["什么等级？"], "skill_level")
    assert talk.slots["inquiry"]["topic"] is None

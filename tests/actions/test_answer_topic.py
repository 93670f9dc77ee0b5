"""The action that answers a topic."""

from __future__ import annotations

from datetime import date

import pytest
from rasa_sdk.events import SlotSet

from actions.answer_topic import AnswerTopic
from policies_kb.answer import worker_answer
from policies_kb.model import Entity
from tests.factories import knowledge, topic, with_topic

from .running import TODAY, run


async def test_topic_of_the_label_is_answered_with_its_source() -> None:
    outcome = await run(AnswerTopic, "ask/annuity")

    assert outcome.texts == [worker_answer(knowledge(), topic("annuity"), {})]
    assert outcome.texts[0].endswith("\n依据:《小文件》第1条")
    assert outcome.options == []
    assert SlotSet("topic", "annuity") in outcome.events


@pytest.mark.parametrize(("aspects", "options"), [([], ["eligibility_offer"]), (["deadline"], [])])
async def test_whole_answer_of_a_topic_with_a_rule_offers_to_check(aspects: list[str], options: list[str]) -> None:
    slots = {"topic": "subsidy", "asked": "考证补贴"}

    outcome = await run(AnswerTopic, "ask/subsidy", follows=True, aspects=aspects, slots=slots)

    assert outcome.options == options


async def test_tapped_topic_comes_before_the_label() -> None:
    outcome = await run(AnswerTopic, "ask/annuity", entities=[("topic", "prize")])

    assert outcome.texts[0].startswith("省财政给奖金")


async def test_tapped_topic_needs_no_understanding() -> None:
    assert (await run(AnswerTopic, entities=[("topic", "annuity")])).texts[0].startswith("企业出钱")


@pytest.mark.parametrize(
    ("entities", "named"),
    [
        ([("medal", "银牌")], {Entity.MEDAL: frozenset({"银牌"})}),
        ([("medal", "银牌"), ("medal", "金牌")], {Entity.MEDAL: frozenset({"金牌", "银牌"})}),
        ([("contest_level", "省级一类"), ("amount", "5000")], {Entity.CONTEST_LEVEL: frozenset({"省级一类"})}),
        ([("choice", "2")], {}),
    ],
)
async def test_figures_are_picked_by_what_was_named(
    entities: list[tuple[str, str]], named: dict[Entity, frozenset[str]]
) -> None:
    outcome = await run(AnswerTopic, "ask/prize", entities=entities)

    assert outcome.texts == [worker_answer(knowledge(), topic("prize"), named)]


async def test_expired_topic_is_never_answered() -> None:
    outcome = await run(AnswerTopic, "ask/closed")

    assert outcome.texts == ["expired 工会热线12351"]


async def test_successor_of_an_expired_topic_is_named_and_offered() -> None:
    outcome = await run(AnswerTopic, "ask/closed", content=with_topic(topic("closed", successor="prize")))

    assert outcome.texts == [f"expired, now {topic('prize').title}, 工会热线12351"]
    assert outcome.options == [topic("prize").question]


@pytest.mark.parametrize(("last_day", "answered"), [(TODAY, True), (date(2026, 3, 1), False)])
async def test_topic_is_answered_up_to_its_last_day(last_day: date, answered: bool) -> None:
    outcome = await run(AnswerTopic, "ask/annuity", content=with_topic(topic("annuity", valid_to=last_day)))

    assert ("依据:" in outcome.texts[0]) is answered


@pytest.mark.parametrize("label", ["ask/gone", "ask/", "ask", ""])
async def test_topic_that_the_content_lacks_is_not_covered(label: str) -> None:
    assert (await run(AnswerTopic, label)).texts == ["not_covered"]


async def test_second_topic_of_a_message_is_answered_too() -> None:
    outcome = await run(AnswerTopic, "ask/annuity", also="ask/prize")

    assert [text.partition("，")[0].partition("：")[0] for text in outcome.texts] == ["企业出钱", "省财政给奖金"]


@pytest.mark.parametrize(("topic_before", "short"), [("prize", True), ("annuity", False)])
async def test_follow_up_gets_the_side_that_it_asks_for(topic_before: str, short: bool) -> None:
    slots = {"topic": topic_before, "asked": "金牌奖多少"}

    outcome = await run(AnswerTopic, "ask/prize", follows=True, aspects=["fund"], slots=slots)

    assert ("世赛金牌" not in outcome.texts[0]) is short
    assert outcome.texts[0].endswith("\n依据:《小文件》第2条、第三部分(一)")


async def test_side_that_a_follow_up_asks_for_is_all_it_gets() -> None:
    slots = {"topic": "annuity", "asked": "年金"}

    outcome = await run(AnswerTopic, "ask/annuity", follows=True, aspects=["fund"], slots=slots)

    (text,) = outcome.texts
    assert text.split("\n") == [
        "企业年金——",
        "· 谁出钱：企业",
        "2025年1月1日起有新规定，请打工会热线12351核实。",
        "文件印发于2017年11月30日。",
        "依据:《小文件》第1条",
    ]


async def test_side_that_the_topic_does_not_tell_gets_the_whole_answer() -> None:
    slots = {"topic": "annuity", "asked": "年金"}

    outcome = await run(AnswerTopic, "ask/annuity", follows=True, aspects=["deadline"], slots=slots)

    assert outcome.texts == [worker_answer(knowledge(), topic("annuity"), {})]


@pytest.mark.parametrize(("follows", "asked"), [(False, "那银牌呢"), (True, "金牌奖多少 那银牌呢")])
async def test_question_is_kept_in_full_for_the_next_follow_up(follows: bool, asked: str) -> None:
    slots = {"topic": "prize", "asked": "金牌奖多少"}

    outcome = await run(AnswerTopic, "ask/prize", text="那银牌呢", follows=follows, slots=slots)

    assert SlotSet("asked", asked) in outcome.events


async def test_tapped_topic_is_kept_as_its_plain_question() -> None:
    outcome = await run(AnswerTopic, text='/ask{"topic": "prize"}', entities=[("topic", "prize")])

    assert SlotSet("asked", "获奖给多少钱？") in outcome.events

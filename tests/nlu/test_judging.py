"""Whether a message wants a verdict, and on which topic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from bot.nlu.features import Vector
from bot.nlu.judging import Guessed, to_judge
from bot.nlu.reading import Context, Reading
from bot.nlu.statements import Statement

NOTHING = Vector(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32), 0.0)
FIGURES = {"skill_level", "medal"}
KINDS = {"insured_time": "duration", "employed": "flag", "skill_level": "choice", "pay_now": "amount"}
FIRM = 0.7
RULED = Context("subsidy", "考证补贴怎么领", ("course",), rule=("insured_time", "employed", "skill_level"))
PLAIN = Context("annuity", "年金谁出钱", ("course",))
INSURED, EMPLOYED, SENIOR = {"insured_time": "5年"}, {"employed": True}, {"skill_level": "高级技师"}
YEARS = (("duration", "5年"),)


def said(stated: Mapping[str, bool | str] | None = None, facts: int | None = None, **more: Any) -> Statement:
    """A statement; a fact for each slot unless a number is given."""
    told = dict(stated or {})
    nothing: dict[str, Any] = {"loose": (), "subject": None, "hypothetical": False, "correction": False}
    silent = {"skip": False, "stop": False, "asks": False}
    return Statement(stated=told, facts=len(told) if facts is None else facts, **{**nothing, **silent, **more})


def judged(
    statement: Statement,
    label: str,
    *,
    aspects: tuple[str, ...] = (),
    context: Context | None = None,
    confidence: float = 0.9,
) -> str | None:
    reading = Reading(NOTHING, aspects=aspects, context=context)
    return to_judge(statement, FIGURES, KINDS, reading, Guessed(label, confidence, FIRM))


@pytest.mark.parametrize(
    ("statement", "aspects", "wanted"),
    [
        # 我交了五年失业保险，能领补贴不
        (said(INSURED, subject="self", asks=True), (), True),
        # 我徒弟考下高级技师了，给多少
        (said(SENIOR, subject="other"), ("amount",), True),
        # 在职，失业保险交了五年
        (said({**INSURED, **EMPLOYED}), (), True),
        # 在职，失业保险交了五年，要什么条件
        (said({**INSURED, **EMPLOYED}), ("condition",), True),
        # 我是高级技师，在职，补贴的钱从哪出
        (said({**SENIOR, **EMPLOYED}, subject="self"), ("fund",), False),
        # 我是高级技师，能领吗，钱从哪出
        (said(SENIOR, subject="self", asks=True), ("fund",), True),
        # 我徒弟能领多少
        (said(subject="other", asks=True), ("amount",), False),
        # 我交了五年失业保险
        (said(INSURED, subject="self"), (), False),
        # 在职能领吗
        (said(EMPLOYED, asks=True), (), False),
        # 高级技师能延迟退休吗？另外金牌奖多少
        (said({**SENIOR, "teacher_qualified": True, "medal": "金牌"}, facts=2, asks=True), (), False),
        # 在职高级技师能延迟退休吗
        (said({**SENIOR, "teacher_qualified": True, **EMPLOYED}, facts=2, asks=True), (), True),
        # 高级技师拿了金牌给多少
        (said({**SENIOR, "medal": "金牌"}), ("amount",), False),
        # 劳模能疗养吗: one word that tells of two slots
        (said({"award": "劳模", "sanatorium_group": "劳模"}, facts=1, asks=True), (), False),
        # 交了五年，能领吗: nothing says what the years are of
        (said(loose=YEARS, subject="self", asks=True), (), False),
    ],
)
def test_first_message_wants_a_verdict_where_it_tells_of_somebody(
    statement: Statement, aspects: tuple[str, ...], wanted: bool
) -> None:
    assert judged(statement, "ask/subsidy", aspects=aspects) == ("ask/subsidy" if wanted else None)


@pytest.mark.parametrize("label", ["oos/pension", "clarify", "benefits", "chat/greet"])
def test_what_asks_for_no_topic_wants_no_verdict(label: str) -> None:
    # 我在职，失业保险交了五年，退休金能领多少
    assert judged(said({**INSURED, **EMPLOYED}, subject="self", asks=True), label, aspects=("amount",)) is None


@pytest.mark.parametrize(
    "statement",
    [
        # 失业保险交了五年
        said(INSURED),
        # 交了五年
        said(loose=YEARS),
        # 要是我考下高级技师呢
        said(SENIOR, subject="self", hypothetical=True),
        # 考下高级技师的话呢
        said(SENIOR, hypothetical=True),
        # 说错了，是高级技师
        said(SENIOR, correction=True),
        # 说错了，是5年
        said(loose=YEARS, correction=True),
        # 我徒弟是高级技师
        said(SENIOR, subject="other"),
    ],
)
@pytest.mark.parametrize(("context", "label"), [(RULED, "ask/subsidy"), (PLAIN, None), (None, None)])
def test_what_is_told_after_a_topic_with_a_rule_belongs_to_it(
    statement: Statement, context: Context | None, label: str | None
) -> None:
    assert judged(statement, "oos/unknown", context=context) == label


@pytest.mark.parametrize(
    ("statement", "aspects"),
    [
        # 那高级技师呢: one word tells of several slots
        (said({**SENIOR, "teacher_qualified": True}, facts=1), ()),
        # 1
        (said(loose=(("number", "1"),)), ()),
        # 好的
        (said(loose=(("flag", True),)), ()),
        # 不对
        (said(loose=(("flag", False),), correction=True), ()),
        # 那高级技师呢
        (said(SENIOR), ()),
        # 那高级技师给多少
        (said(SENIOR), ("amount",)),
        # 3乘以7500等于多少: the rule asks for no sum
        (said(loose=(("amount", "7500元"),)), ()),
        # 那我呢
        (said(subject="self"), ()),
        # 要是不行呢
        (said(hypothetical=True), ()),
        # 我交了五年，钱从哪出
        (said(INSURED, subject="self"), ("fund",)),
    ],
)
def test_figure_by_itself_and_a_message_that_tells_nothing_are_plain_follow_ups(
    statement: Statement, aspects: tuple[str, ...]
) -> None:
    assert judged(statement, "ask/subsidy", aspects=aspects, context=RULED) is None


@pytest.mark.parametrize(
    ("statement", "label", "expected"),
    [
        # 要是我考下高级技师呢, where a neighbour is the one for that level
        (said(SENIOR, hypothetical=True), "ask/course", "ask/course"),
        # 我徒弟才交了一年: the topic before is the sure guess itself
        (said(INSURED, subject="other"), "ask/subsidy", "ask/subsidy"),
        # 我在职，失业保险五年，也是问考证补贴
        (said({**INSURED, **EMPLOYED}), "ask/subsidy", "ask/subsidy"),
        # 交了五年的
        (said(loose=YEARS), "ask/course", "ask/course"),
        # 要是我交了五年呢
        (said(INSURED, hypothetical=True), "ask/annuity", "ask/subsidy"),
        # 不对，交了五年
        (said(INSURED, correction=True), "oos/pension", "ask/subsidy"),
        # 要是我交了五年，年金能有吗
        (said(INSURED, hypothetical=True, asks=True), "ask/annuity", "ask/annuity"),
        # 我是高级技师，能延迟退休吗
        (said(SENIOR, subject="self", asks=True), "ask/retirement", "ask/retirement"),
        # 我在职，年金呢
        (said(EMPLOYED, subject="self"), "ask/annuity", None),
        # 干了五年能有年金吗
        (said(loose=YEARS, asks=True), "ask/annuity", None),
        # 我交了五年，退休金能领吗
        (said(INSURED, subject="self", asks=True), "oos/pension", None),
        # 我交了五年了
        (said(INSURED, subject="self"), "oos/pension", "ask/subsidy"),
        # 失业金一个月多少
        (said(loose=YEARS), "oos/unemployment_benefit", None),
        # 我在职，谢谢
        (said(EMPLOYED, subject="self"), "chat/thanks", None),
    ],
)
def test_sure_guess_is_followed_unless_something_is_only_supposed_or_corrected(
    statement: Statement, label: str, expected: str | None
) -> None:
    assert judged(statement, label, context=RULED) == expected


@pytest.mark.parametrize(("confidence", "expected"), [(FIRM, None), (FIRM - 0.01, "ask/subsidy")])
def test_guess_that_is_not_firm_gives_way_to_the_topic_before(confidence: float, expected: str | None) -> None:
    # 我在职，年金呢
    found = judged(said(EMPLOYED, subject="self"), "ask/annuity", context=RULED, confidence=confidence)

    assert found == expected


@pytest.mark.parametrize("label", ["clarify", "oos/unknown", "choose", "chat/noise", "chat/affirm"])
def test_unclear_message_is_never_sure(label: str) -> None:
    # 嗯，五年
    assert judged(said(loose=YEARS), label, context=RULED, confidence=1.0) == "ask/subsidy"

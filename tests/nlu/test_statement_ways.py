"""Other ways of stating a fact, and the names of benefits, which state none; with the word lists that ship."""

from __future__ import annotations

from datetime import date

import pytest

from bot.assistant.training import NLU_DATA
from bot.nlu.statements import Statement, read
from bot.nlu.statements.words import StatementWords
from bot.nlu.statements.words import read as read_lists
from bot.nlu.text import normalise

TODAY = date(2026, 11, 22)
WORDS = StatementWords(read_lists(NLU_DATA / "lexicon"))


def said(text: str) -> Statement:
    return read(normalise(text), WORDS, TODAY)


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("替吉林拿的奖", "in_province", False),
        ("当年代表辽宁去的", "represents_province", False),
        ("我户口单位都在长春", "in_province", False),
        ("我是黑龙江人", "in_province", None),
        ("老家吉林的", "in_province", None),
        ("在上海比的世赛", "in_province", None),
        ("河北队拿了第一", "represents_province", None),
        ("厂里自己封的首席技师", "award", "企业首席技师"),
        ("单位推荐,省里评的首席技师", "award", "首席技师"),
        ("国家级技能大师工作室,我是带头人", "award", "国家级技能大师工作室带头人"),
        ("我带着国家级劳模创新工作室", "award", "国家级劳模创新工作室带头人"),
        ("国家级技能大师工作室在我们厂", "award", None),
        ("省级技能大师工作室我领着干", "award", None),
        ("引进的这人啥大奖没有", "top_talent", False),
        ("我们单位挂牌就是技师学院", "technician_college", True),
        ("发了培训合格证", "certificate", "培训合格证书（职业没有国家标准）"),
        ("失业登记我还没去办呢", "jobseeker", "失业但没登记"),
        ("我是农村来城里打工的", "migrant", True),
        ("在电镀车间闻铬酸雾", "sanatorium_group", "有毒有害或苦脏累险工种"),
        ("我想支个摊", "own_business", True),
        ("班照上", "employed", True),
        ("我是厂里正式工", "employed", True),
        ("我不是正式工", "employed", None),
    ],
)
def test_fact_is_stated_or_left_open(text: str, slot: str, value: bool | str | None) -> None:
    assert said(text).stated.get(slot) == value


@pytest.mark.parametrize(
    "text",
    [
        "农民工职业技能提升计划咋报名",
        "引进顶尖人才那种企业补贴",
        "首席技师津贴一个月多少",
        "农民工工资保障金是啥",
        "技师学院的那个自评",
        "失业人员技能培训补贴标准",
        "企业在职职工培训补贴",
        "厂里首席技师津贴谁发",
    ],
)
def test_name_of_a_benefit_states_nothing(text: str) -> None:
    assert not said(text).stated


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("我是下岗职工能领补贴不", "employed", False),
        ("我农民工补贴多少", "migrant", True),
        ("刚评上龙江大工匠奖励多少", "award", "龙江大工匠"),
        ("我失业了有补助吗", "employed", False),
        ("单位同意待遇不变", "both_agree", True),
        ("高级技师补贴多少", "skill_level", "高级技师"),
        ("省级一类第一名奖励多少", "placing", "第一名"),
    ],
)
def test_word_beside_a_benefit_is_stated_of_oneself(text: str, slot: str, value: bool | str) -> None:
    assert said(text).stated[slot] == value


def test_planned_registration_is_supposed() -> None:
    statement = said("明天就去办失业登记")

    assert (statement.stated["jobseeker"], statement.hypothetical) == ("城镇登记失业人员", True)


@pytest.mark.parametrize(
    "text", ["奖不奖", "批不批", "这事有戏没", "贷得着不", "能补差的一半?", "名单有没有我的位置", "给我混一个名额不"]
)
def test_question_in_a_frame_asks(text: str) -> None:
    assert said(text).asks


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("教研室小李评上讲师了", "other"),
        ("车间老崔工伤了", "other"),
        ("老爷子能领不", "other"),
        ("我老高级技师了", "self"),
        ("小程序打不开", None),
    ],
)
def test_surname_behind_old_or_young_is_another(text: str, subject: str | None) -> None:
    assert said(text).subject == subject

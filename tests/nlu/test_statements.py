"""What workers state about themselves, read with the word lists that ship, on the 22nd of November 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant.training import NLU_DATA
from bot.nlu.statements import Statement, read
from bot.nlu.statements.words import StatementWords
from bot.nlu.statements.words import read as read_lists
from bot.nlu.text import normalise

TODAY = date(2026, 11, 22)
WORDS = StatementWords(read_lists(NLU_DATA / "lexicon"))


def said(text: str) -> Statement:
    return read(normalise(text), WORDS, TODAY)


def stated(text: str, *slots: str) -> dict[str, bool | str]:
    """What is stated for these slots; one word may say something for others as well."""
    return {slot: value for slot, value in said(text).stated.items() if slot in slots}


def test_story_states_everything_at_once() -> None:
    text = "我交了5年失业保险，上个月刚拿到高级工证，在职，能领技能提升补贴不"
    slots = ("insured_time", "certificate_date", "skill_level", "employed")

    assert stated(text, *slots) == {
        "insured_time": "60个月",
        "certificate_date": "2026-10-01/2026-10-31",
        "skill_level": "高级工",
        "employed": True,
    }
    assert (said(text).subject, said(text).asks) == ("self", True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("我失业保险交了三年多", "37个月/47个月"),
        ("快三年了吧，失业保险", "24个月/35个月"),
        ("工龄二十年，失业保险交了两年", "24个月"),
        ("失业保险交了两年，工龄二十年", "24个月"),
        ("失业保险15年没落过一个月", "180个月"),
        ("失业保险二十年往上没有，十二年有了", "144个月"),
        ("失业保险从来没交过", "0个月"),
        ("要是失业保险交满三年呢", "36个月"),
        ("失业保险从2018年开始交的", "94个月/106个月"),
        ("2020年5月到现在一直交失业保险", "77个月/78个月"),
        ("失业保险就差俩月满三年", "34个月"),
    ],
)
def test_duration_belongs_to_its_cue(text: str, value: str) -> None:
    assert stated(text, "insured_time") == {"insured_time": value}


@pytest.mark.parametrize(
    "text",
    [
        "失业保险要交满三年吗",
        "失业保险够不够三年",
        "从去年开始单位就没交失业保险",
        "要交几年失业保险",
        "三年才能领吗",
        "养老保险交了15年",
        "公司失业险断缴半年了",
        "我干了十二年",
        "失业保险打进厂就交没断过",
        "厂里大半年没交失业保险了",
    ],
)
def test_what_is_demanded_or_of_something_else_is_not_stated(text: str) -> None:
    assert stated(text, "insured_time") == {}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("证是去年年底拿的", "2025-12-01/2025-12-31"),
        ("年底拿的证", "2025-12-01/2025-12-31"),
        ("高级工的本儿前天领的", "2026-11-20"),
        ("15年的证", "2015-01-01/2015-12-31"),
        ("退休以后才拿的证，上个月", "2026-10-01/2026-10-31"),
        ("证刚到手", "2026-10-23/2026-11-22"),
        ("证拿了快一年了", "2025-11-22/2026-11-22"),
        ("我记得证是前年的，不对，是去年的", "2025-01-01/2025-12-31"),
    ],
)
def test_date_belongs_to_its_cue(text: str, value: str) -> None:
    assert stated(text, "certificate_date") == {"certificate_date": value}


@pytest.mark.parametrize(
    "text", ["还没拿证", "上个月下岗了", "去年进的厂", "去年评上龙江大工匠", "高级技师证还在，今年到龄"]
)
def test_date_of_something_else_is_not_the_certificates(text: str) -> None:
    assert stated(text, "certificate_date") == {}


@pytest.mark.parametrize(
    ("text", "before", "now"),
    [
        ("工资从八千降到四千", "8000元", "4000元"),
        ("原来一万二现在六千", "12000元", "6000元"),
        ("现在四千，原来八千", "8000元", "4000元"),
        ("6800砍成3200", "6800元", "3200元"),
        ("原来八千，降了三千", "8000元", "5000元"),
        ("从八千到四千", "8000元", "4000元"),
        ("原先一个月开7k，现在3k5", "7000元", "3500元"),
        ("工资降了三千", None, None),
        ("补3000到5000元", None, None),
    ],
)
def test_pay_before_and_now(text: str, before: str | None, now: str | None) -> None:
    found = said(text).stated

    assert (found.get("pay_before"), found.get("pay_now")) == (before, now)


@pytest.mark.parametrize(
    ("text", "employed"),
    [
        ("我在职", True),
        ("我不在职", False),
        ("没下岗", True),
        ("刚下岗", False),
        ("单位没同意，但我还在职", True),
        ("需要在职吗", None),
        ("在不在职有关系吗", None),
        ("是不是在职", None),
        ("在职吗", None),
        ("退休了还能领吗", False),
        ("我失业保险交了五年", None),
        ("登记失业了", None),
        ("以前在厂里上班", None),
        ("还有两年退休", True),
        ("让厂里给裁了", False),
        ("人还在厂里", True),
    ],
)
def test_flag_with_what_denies_it_or_asks_for_it(text: str, employed: bool | None) -> None:
    assert said(text).stated.get("employed") is employed


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("单位也同意我留下", "both_agree", True),
        ("领导死活不点头", "both_agree", False),
        ("单位没有明确表示同意", "both_agree", None),
        ("单位同意我留下吗", "both_agree", None),
        ("单位同意不同意都行", "both_agree", None),
        ("单位非让我到点就走", "both_agree", False),
        ("公司压根没给上失业保险", "employer_insured", False),
        ("厂里从没拖欠过失业保险", "employer_insured", True),
        ("厂里拖欠工资", "employer_insured", None),
        ("单位没给交公积金", "employer_insured", None),
        ("没选上去国外研修", "overseas_selected", False),
        ("关键岗位都有哪些", "key_post", None),
        ("我在关键岗位能领多少", "key_post", True),
        ("初次鉴定补多少", "first_appraisal", None),
        ("第二回鉴定了", "first_appraisal", False),
        ("厂里在评特级技师", "skill_level", None),
        ("原先是高级技师", "skill_level", "高级技师"),
        ("大半年绩效腰斩", "pay_fall", "50%"),
        ("就发六成工资", "pay_fall", "40%"),
        ("少拿了六成", "pay_fall", "60%"),
        ("今年六月毕业的", "jobseeker", "毕业年度高校毕业生"),
        ("失业了没去登记过", "jobseeker", "失业但没登记"),
        ("企业受经济下行影响", "pay_cause", "经济下行"),
    ],
)
def test_words_with_a_gap_questions_and_denials(text: str, slot: str, value: bool | str | None) -> None:
    assert said(text).stated.get(slot) == value


@pytest.mark.parametrize("text", ["有他份没", "每月能补多少", "行得通不", "赶趟不", "收我不", "能优先推荐不", "给发不"])
def test_spoken_question_asks(text: str) -> None:
    assert said(text).asks


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("高级工能领吗", "高级工"),
        ("我是高级工，想考技师", "高级工"),
        ("不是技师，是高级工", "高级工"),
        ("没考上技师", None),
        ("我是首席技师", None),
    ],
)
def test_choice_that_is_denied_or_aimed_at_is_not_stated(text: str, level: str | None) -> None:
    assert said(text).stated.get("skill_level") == level


def test_word_heard_in_place_of_an_entity_is_stated() -> None:
    heard = [("skill_level", "高级技师", 2, 6)]

    assert read("我是高级即时", WORDS, TODAY, heard).stated["skill_level"] == "高级技师"


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("是的", ("flag", True)),
        ("嗯呢", ("flag", True)),
        ("没有", ("flag", False)),
        ("不是的。", ("flag", False)),
        ("四", ("number", "4")),
        ("2年11个月", ("duration", "35个月")),
        ("去年", ("date", "2025-01-01/2025-12-31")),
        ("八千", ("amount", "8000元")),
        ("三成", ("percent", "30%")),
    ],
)
def test_bare_answer_is_loose(text: str, loose: tuple[str, bool | str]) -> None:
    assert (said(text).loose, dict(said(text).stated)) == ((loose,), {})


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("我徒弟才交了一年，他能领不", "other"),
        ("要是我徒弟也考下技师呢", "other"),
        ("师傅，我交了五年", "self"),
        ("听同事说技师有补贴，我能领不", "self"),
        ("我同事领了，我能领吗", "self"),
        ("其他人能领吗", None),
        ("技师能领多少", None),
    ],
)
def test_subject_is_whom_the_last_clause_names(text: str, subject: str | None) -> None:
    assert said(text).subject == subject


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("要是我考下高级技师呢", "hypothetical"),
        ("说错了，是5年", "correction"),
        ("不是五年，是两年", "correction"),
        ("不知道", "skip"),
        ("记不清了", "skip"),
        ("算了，不问了", "stop"),
        ("我能不能领", "asks"),
        ("他能给我徒弟报名吗", "asks"),
    ],
)
def test_how_it_is_meant(text: str, mark: str) -> None:
    marks = ("hypothetical", "correction", "skip", "stop", "asks")

    assert [one for one in marks if getattr(said(text), one)] == [mark]


@pytest.mark.parametrize("text", ["记不清了，大概三年吧", "我在职，别的不知道", "不知道能不能领"])
def test_who_says_something_does_not_skip(text: str) -> None:
    assert not said(text).skip


@given(
    st.text() | st.text(alphabet="我他不没是在职证拿了失业保险年月三五去今刚，。吗能领降到千八技师要是算", max_size=30)
)
def test_any_text_is_read(text: str) -> None:
    statement = said(text)

    assert not (statement.skip and statement.stated)

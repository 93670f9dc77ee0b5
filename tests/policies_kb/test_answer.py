"""What a worker reads of a topic."""

from __future__ import annotations

import msgspec
import pytest

from policies_kb.answer import (
    Named,
    aspect_answer,
    hotline_answer,
    picked_figures,
    reply_values,
    source_lines,
    worker_answer,
)
from policies_kb.model import Aspect, Entity, SourceRef
from tests.factories import knowledge, topic

GOLD, SILVER, FIRST = "世赛金牌：10万元", "世赛银牌：5万元", "省赛第一名：1万元"


def named(**values: str) -> Named:
    return {Entity(entity): frozenset(value.split()) for entity, value in values.items()}


def test_answer_has_wording_notice_note_and_source_on_lines_of_their_own() -> None:
    assert worker_answer(knowledge(), topic("annuity"), {}).split("\n") == [
        "企业出钱，请打人社热线12333问。",
        "2025年1月1日起有新规定，请打工会热线12351核实。",
        "文件印发于2017年11月30日。",
        "依据:《小文件》第1条",
    ]


@pytest.mark.parametrize(
    ("values", "figures"),
    [
        ({}, [GOLD, SILVER, FIRST]),
        ({"medal": "金牌"}, [GOLD]),
        ({"medal": "金牌 银牌"}, [GOLD, SILVER]),
        ({"contest_level": "世界技能大赛"}, [GOLD, SILVER]),
        ({"contest_level": "世界技能大赛", "medal": "银牌"}, [SILVER]),
        ({"placing": "第一名"}, [FIRST]),
        ({"placing": "第二名"}, [GOLD, SILVER, FIRST]),
        ({"skill_level": "技师"}, [GOLD, SILVER, FIRST]),
        ({"contest_level": "省级一类", "skill_level": "技师"}, [FIRST]),
    ],
)
def test_answer_states_the_figures_that_agree_with_what_was_named(values: dict[str, str], figures: list[str]) -> None:
    lines = worker_answer(knowledge(), topic("prize"), named(**values)).split("\n")

    assert lines == ["省财政给奖金：", *figures, "文件印发于2017年11月30日。", "依据:《小文件》第2条、第三部分(一)"]


def test_picked_figures_have_a_when() -> None:
    assert {fact.name for fact in picked_figures(topic("prize"), {})} == {"gold", "silver", "first"}
    assert picked_figures(topic("annuity"), named(medal="金牌")) == ()


def test_hotline_answer_has_its_own_wording_and_the_source() -> None:
    assert hotline_answer(knowledge(), topic("prize"), {}) == (
        "省财政给10万元、5万元或1万元。\n依据:《小文件》第2条、第三部分(一)"
    )


def test_source_lines_cite_an_unnumbered_part_in_the_papers_own_way() -> None:
    sources = (SourceRef("paper", "三(一)"), SourceRef("paper", 1))

    assert source_lines(knowledge(), topic(sources=sources)) == ("依据:《小文件》第三部分(一)、第1条",)


@pytest.mark.parametrize(
    ("aspects", "values", "lines"),
    [
        ([Aspect.FUND], {}, ["· 谁给：省财政"]),
        ([Aspect.AMOUNT], {"medal": "银牌"}, [f"· {SILVER}"]),
        ([Aspect.AMOUNT, Aspect.FUND], {"placing": "第一名"}, [f"· {FIRST}", "· 谁给：省财政"]),
    ],
)
def test_aspect_answer_tells_one_side_and_the_source(
    aspects: list[Aspect], values: dict[str, str], lines: list[str]
) -> None:
    text = aspect_answer(knowledge(), topic("prize"), aspects, named(**values))

    tail = ["文件印发于2017年11月30日。", "依据:《小文件》第2条、第三部分(一)"]
    assert (text or "").split("\n") == ["获奖奖金——", *lines, *tail]


def test_aspect_answer_leaves_out_no_notice() -> None:
    text = aspect_answer(knowledge(), topic("annuity"), [Aspect.FUND], {})

    assert (text or "").split("\n") == [
        "企业年金——",
        "· 谁出钱：企业",
        "2025年1月1日起有新规定，请打工会热线12351核实。",
        "文件印发于2017年11月30日。",
        "依据:《小文件》第1条",
    ]


def test_aspect_that_a_topic_does_not_tell_has_no_answer() -> None:
    assert aspect_answer(knowledge(), topic("prize"), [Aspect.DEADLINE], {}) is None


def test_reply_values_name_contacts_hours_and_the_paper() -> None:
    assert reply_values(knowledge()) == {
        "union": "工会热线12351",
        "union_hours": "工作日",
        "social_security": "人社热线12333",
        "social_security_hours": "每天",
        "document_title": "小文件",
        "document_issuer": "某省",
        "document_issued": "2017年11月30日",
        "document_items": "4",
    }


def test_replies_name_the_paper_that_most_answers_rest_on() -> None:
    known = knowledge()
    newer = msgspec.structs.replace(known.documents["paper"], id="a-newer", title="新文件")
    changed = msgspec.structs.replace(known, documents={"a-newer": newer, **known.documents})

    assert reply_values(changed)["document_title"] == "小文件"

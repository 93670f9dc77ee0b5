"""What a worker names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu import entities
from bot.nlu.lexicon import Lexicon
from bot.nlu.text import normalise


def named(text: str, lexicon: Lexicon) -> list[tuple[str, str]]:
    return [(one.entity, one.value) for one in entities.find(normalise(text), lexicon)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("高级技师多少钱", [("skill_level", "高级技师")]),
        ("技师和高级工", [("skill_level", "技师"), ("skill_level", "高级工")]),
        ("世赛金银铜奖金各是多少", [("contest_level", "世界技能大赛")]),
        ("世赛拿了铜奖", [("contest_level", "世界技能大赛"), ("medal", "铜牌")]),
        ("省赛第２名", [("contest_level", "省级一类"), ("placing", "第二名")]),
        ("第二个办法", []),
        ("大工匠奖", [("award", "龙江大工匠")]),
        ("补3,000元", [("amount", "3000")]),
        ("两万五块钱", [("amount", "25000")]),
        ("1.5万", [("amount", "15000")]),
        ("交满3年", [("duration", "3年")]),
        ("六个月", [("duration", "6个月")]),
        ("2017年1月1日起", [("date", "2017-01-01")]),
        ("2017年11月", [("date", "2017-11")]),
        ("2020年前", [("date", "2020")]),
        ("年金谁出", []),
        ("", []),
    ],
)
def test_find(text: str, found: list[tuple[str, str]], lexicon: Lexicon) -> None:
    assert named(text, lexicon) == found


@pytest.mark.parametrize(
    ("text", "number"),
    [("2", "2"), ("第二个", "2"), ("选三", "3"), ("我选第1条吧", "1"), ("９。", "9"), ("就第四项呗", "4")],
)
def test_number_alone_is_a_choice(text: str, number: str, lexicon: Lexicon) -> None:
    assert ("choice", number) in named(text, lexicon)


@pytest.mark.parametrize("text", ["0", "第二个办法是什么", "12", "第二条说了啥", "3000元", "a2"])
def test_number_inside_a_question_is_no_choice(text: str, lexicon: Lexicon) -> None:
    assert "choice" not in {entity for entity, _ in named(text, lexicon)}


def test_place_is_counted_in_the_normalised_text(lexicon: Lexicon) -> None:
    text = normalise("我是 高級技師")

    (found,) = entities.find(text, lexicon)

    assert text[found.start : found.end] == "高级技师"


@given(st.text(alphabet="0123456789.,零一二两三十百千万年个月日天元块第名金牌技师高级选", max_size=30))
def test_any_text_of_figures_has_entities_inside_it(text: str) -> None:
    words = Lexicon([])
    normal = normalise(text)

    assert all(0 <= one.start < one.end <= len(normal) for one in entities.find(normal, words))

"""Figures in wording, so that none is written by hand."""

from __future__ import annotations

import pytest

from policies_kb.figures import bare_figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("给3000元", ("3000",)),
        ("给１０万", ("１０",)),
        ("两年之内领两万元", ("两年", "两万元")),
        ("三十多人", ("三十多人",)),
        ("第一和前三名", ("第一", "前三")),
        ("降了一半", ("一半",)),
        ("百分之二十", ("百分",)),
        ("五成、三倍、十次", ("五成", "三倍", "十次")),
        ("满40周岁交三个月", ("40", "三个")),
    ],
)
def test_figures_are_found_in_any_numerals(text: str, figures: tuple[str, ...]) -> None:
    assert bare_figures(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "一次性给，一家人放心",
        "万一单位不同意，同一个岗位",
        "每一名职工，任一条件",
        "一线工人、统一安排、三方协商",
        "没有数字的话",
        "",
    ],
)
def test_everyday_words_are_no_figures(text: str) -> None:
    assert bare_figures(text) == ()

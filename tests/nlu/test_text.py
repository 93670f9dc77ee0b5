"""One form for a worker's text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.nlu.text import normalise


@given(st.text(max_size=60))
@example("Ａ\u200d👍 ｂ")
@example("哈\u3000哈哈哈")
@example("㎡㎡㎡İ")
def test_normalise_is_idempotent(text: str) -> None:
    once = normalise(text)

    assert normalise(once) == once


@given(st.text(alphabet=st.sampled_from("臺灣勞動補貼幹乾發髮 \t\n\u3000ＡＺ１aB?？!.哈👍\ufe0f"), max_size=40))
def test_normalised_text_has_one_width_and_script(text: str) -> None:
    normal = normalise(text)

    assert not set(normal) & set("臺灣勞動補貼ＡＺ１？\t\n\u3000👍\ufe0fAZB")
    assert normal == normal.strip()


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("技能補貼怎麼領？", "技能补贴怎么领?"),
        ("在嗎👍👍", "在吗"),
        ("哈哈哈哈哈", "哈哈"),
        ("10000元", "10000元"),
        ("年 金  谁\n出", "年金谁出"),
        ("annual  leave", "annual leave"),
        ("a\x00b\u200bc", "a b c"),
        ("  ", ""),
        ("", ""),
    ],
)
def test_normalise(text: str, normal: str) -> None:
    assert normalise(text) == normal

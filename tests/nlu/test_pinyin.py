"""Texts as they sound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.pinyin import alike, syllables


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("技能补贴", "jinengbutie"),
        ("技能补贴", "吉能补帖"),
        ("职称", "资称"),
        ("高级技师", "高级即时"),
        ("金牌", "精牌"),
        ("上岗", "桑干"),
    ],
)
def test_what_sounds_alike_has_the_same_syllables(one: str, other: str) -> None:
    assert syllables(one) == syllables(other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("年金", ("nian", "jin")),
        ("xian", ("xian",)),
        ("12元", ("1", "2", "yuan")),
        ("年,金!", ("nian", "jin")),
        ("vbxq", ("vbxq",)),
        ("", ()),
    ],
)
def test_syllables(text: str, found: tuple[str, ...]) -> None:
    assert syllables(text) == found


@pytest.mark.parametrize(("syllable", "same"), [("zhi", "zi"), ("sheng", "sen"), ("jing", "jin"), ("huang", "huan")])
def test_alike_writes_mixed_up_sounds_as_one(syllable: str, same: str) -> None:
    assert alike(syllable) == same


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=30))
def test_letters_never_vanish(text: str) -> None:
    assert syllables(text)


@given(st.text(max_size=40))
def test_any_text_has_syllables_or_none_but_no_empty_one(text: str) -> None:
    assert all(syllables(text))

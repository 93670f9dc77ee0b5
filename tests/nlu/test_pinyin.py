"""Texts as they sound."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.pinyin import alike, sounds, spelled, syllables


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


def test_sounds_have_the_places_that_they_stand_for() -> None:
    assert sounds("jineng,多少3") == (("ji", 0, 2), ("nen", 2, 6), ("duo", 7, 8), ("sao", 8, 9), ("3", 9, 10))


def test_spelled_keeps_what_sounds_alike_apart() -> None:
    assert [spelled(character) for character in "师资ab"] == ["shi", "zi", "a", "b"]


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=30))
def test_letters_never_vanish(text: str) -> None:
    assert syllables(text)


@given(st.text(max_size=40))
def test_any_text_has_syllables_or_none_but_no_empty_one(text: str) -> None:
    assert all(syllables(text))


@given(st.text(alphabet="jinengshi年金3 ,", max_size=20))
def test_places_follow_each_other_inside_the_text(text: str) -> None:
    places = [place for _, start, end in sounds(text) for place in (start, end)]

    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)

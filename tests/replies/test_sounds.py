"""Titles are found by pinyin, initials, characters, and by a mix of them."""

from __future__ import annotations

import pytest

from bot.replies.sounds import letters, normalised, sounds, sounds_like

TITLE = "参保职工技能提升补贴"


@pytest.mark.parametrize(
    "word",
    ["jntsbt", "jinengtishengbutie", "jinengtsbt", "技能tsbt", "技能提升", "cbzhg", "zhigong", "jinengtish", "bt"],
)
def test_title_is_found(word: str) -> None:
    assert sounds_like(word, sounds(TITLE))
    assert letters(sounds(TITLE)).issuperset(word)


@pytest.mark.parametrize("word", ["jntsbtx", "jnbt", "技术", "tsjn", "jinengx", "补贴b"])
def test_other_words_are_not(word: str) -> None:
    assert not sounds_like(word, sounds(TITLE))


def test_character_is_known_by_its_reading_in_the_word_and_alone() -> None:
    assert sounds_like("chongqing", sounds("重庆"))
    assert sounds_like("zq", sounds("重庆"))
    assert sounds_like("zhicheng", sounds("职称"))


def test_letters_digits_and_marks() -> None:
    assert sounds_like("gz2017", sounds(normalised("《ＧＺ》（2017）")))
    assert sounds_like("nvgong", sounds("女工"))

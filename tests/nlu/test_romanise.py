"""Training questions in pinyin."""

from __future__ import annotations

import random

import pytest

from bot.nlu.pinyin import syllables
from bot.nlu.romanise import romanised
from bot.nlu.text import normalise

TEXT = "技能补贴怎么领,3年内"


@pytest.mark.parametrize("seed", range(20))
def test_copy_is_written_otherwise_and_sounds_the_same(seed: int) -> None:
    copy = romanised(TEXT, random.Random(seed))

    assert copy != TEXT
    assert syllables(normalise(copy)) == syllables(TEXT)
    assert ",3" in copy.replace(" ", "")


def test_some_copies_are_whole_and_some_in_part() -> None:
    copies = [romanised(TEXT, random.Random(seed)) for seed in range(20)]
    whole = [copy.isascii() for copy in copies]

    assert any(whole)
    assert not all(whole)


@pytest.mark.parametrize("text", ["", "a", "年", "12", "abc 12"])
def test_text_of_any_length_has_a_copy(text: str) -> None:
    assert all(bool(romanised(text, random.Random(seed))) is bool(text) for seed in range(20))

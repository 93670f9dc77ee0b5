"""Copies of training questions in pinyin, as people type them who do not pick the characters."""

from __future__ import annotations

import random
import re

from bot.nlu.pinyin import spelled

_HAN = re.compile("[\u4e00-\u9fff]+")


def romanised(text: str, chance: random.Random) -> str:
    """The text with all of its Chinese or one stretch of it in pinyin, with or without spaces between syllables."""
    space = chance.choice((" ", ""))
    if chance.random() < 0.5:
        return _HAN.sub(lambda match: f" {_spelled(match[0], space)} ", text).strip()
    length = chance.randint(2, 6)
    start = chance.randrange(max(1, len(text) - length))
    stretch = text[start : start + length]
    return text[:start] + _HAN.sub(lambda match: _spelled(match[0], space), stretch) + text[start + length :]


def _spelled(han: str, space: str) -> str:
    return space.join(spelled(character) for character in han)

"""Brings a worker's text into one form: width, traditional characters, emoji, spaces, control characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import zhconv

_REPEATED = re.compile(r"([^\d])\1{2,}")
_SPACE_BETWEEN_HAN = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_SPACES = re.compile(r"\s+")
_UNWANTED = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk"))
_JOINERS = {"\ufe0f", "\u200d", "\u20e3"}


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """The text in NFKC form, simplified characters and lower case, without emoji and control characters.

    Three or more of the same character but digits become two, so that 哈哈哈哈 and 哈哈 read alike. Idempotent.
    """
    previous = None
    while text != previous:
        previous, text = text, _pass(text)
    return text


def _pass(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    text = "".join(" " if _unwanted(character) else character for character in text)
    text = zhconv.convert(text, "zh-cn").lower()
    text = _SPACE_BETWEEN_HAN.sub("", _SPACES.sub(" ", text))
    return _REPEATED.sub(r"\1\1", text).strip()


def _unwanted(character: str) -> bool:
    return (
        character > "~" and (unicodedata.category(character) in _UNWANTED or character in _JOINERS)
    ) or character < " "

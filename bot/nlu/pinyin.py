"""Syllables of a text, so that homophones and pinyin typed in Latin letters look like the right characters."""

from __future__ import annotations

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

Sound = tuple[str, int, int]
"""A syllable and the characters [start, end) that it stands for."""

_PIECE = re.compile(r"[a-z]+|[^a-z]")
# Sounds that voice input and northern speakers mix up are written as one.
_INITIALS_ALIKE = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_FINALS_ALIKE = (("ing", "in"), ("eng", "en"), ("ang", "an"))
_INITIALS = ["", *"b p m f d t n l g k h j q x r z c s y w zh ch sh".split(" ")]
_FINALS = (
    "a o e i u v ai ei ui ao ou iu ie ve ue er an en in un vn ang eng ing ong ia ian iang iao iong ua uai uan uang uo"
).split(" ")
_SYLLABLES = frozenset(initial + final for initial in _INITIALS for final in _FINALS if initial or final[0] in "aoe")
_LONGEST = max(map(len, _SYLLABLES))


@lru_cache(maxsize=1024)
def syllables(text: str) -> tuple[str, ...]:
    """One syllable for each Chinese character of a normalised text; Latin letters are cut into syllables."""
    return tuple(syllable for syllable, _, _ in sounds(text))


@lru_cache(maxsize=1024)
def sounds(text: str) -> tuple[Sound, ...]:
    """The syllables of a normalised text with their places; digits stand for themselves, the rest is left out."""
    found: list[Sound] = []
    for match in _PIECE.finditer(text):
        piece, start = match[0], match.start()
        if "a" <= piece[0] <= "z":
            for syllable, begin, end in _cut(piece):
                found.append((syllable, start + begin, start + end))
        elif "\u4e00" <= piece <= "\u9fff":
            found.append((_sound(piece), start, start + 1))
        elif piece.isdigit():
            found.append((piece, start, start + 1))
    return tuple(found)


def alike(syllable: str) -> str:
    """The syllable with sounds that are easily mixed up written as one."""
    for initial, short in _INITIALS_ALIKE:
        if syllable.startswith(initial):
            syllable = short + syllable[len(initial) :]
    for final, short in _FINALS_ALIKE:
        if syllable.endswith(final):
            syllable = syllable[: -len(final)] + short
    return syllable


@lru_cache(maxsize=16384)
def spelled(character: str) -> str:
    """A Chinese character in pinyin without tones, in its commonest reading."""
    return str(lazy_pinyin(character, style=Style.NORMAL)[0])


@lru_cache(maxsize=16384)
def _sound(character: str) -> str:
    return alike(spelled(character))


@lru_cache(maxsize=4096)
def _cut(letters: str) -> tuple[Sound, ...]:
    """The likeliest syllables of a run of letters; what is no pinyin at all stays as it is.

    Orthography wants an apostrophe before a syllable that starts with a vowel inside a word, so jineng is ji neng
    and not jin eng: such syllables cost more than one syllable more.
    """
    best: list[tuple[int, tuple[Sound, ...]] | None] = [(0, ())] + [None] * len(letters)
    for start in range(len(letters)):
        reached = best[start]
        if reached is None:
            continue
        for end in range(start + 1, min(len(letters), start + _LONGEST) + 1):
            syllable = letters[start:end]
            if syllable not in _SYLLABLES:
                continue
            cost = reached[0] + (3 if start and syllable[0] in "aoe" else 1)
            known = best[end]
            if known is None or cost < known[0]:
                best[end] = (cost, (*reached[1], (alike(syllable), start, end)))
    last = best[-1]
    return last[1] if last is not None else ((letters, 0, len(letters)),)

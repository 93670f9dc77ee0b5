"""Finds Chinese by pinyin, by its initials, or by both in one word, as people type: jntsbt, jinengts, 技能tsbt."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from pypinyin import Style, lazy_pinyin

_HAN = re.compile("[\u4e00-\u9fff]+")
_LONG_INITIALS = ("zh", "ch", "sh")


class Sound(NamedTuple):
    """A character, how it may be read, and what may stand for its beginning; a letter or digit stands for itself."""

    character: str
    readings: tuple[str, ...]
    initials: str


def normalised(text: str) -> str:
    """Text as it is searched: full-width and capital letters as plain ones, no white space at its ends."""
    return unicodedata.normalize("NFKC", text).lower().strip()


@lru_cache(maxsize=16384)
def sounds(text: str) -> tuple[Sound, ...]:
    """The characters of a normalised text; marks between them are left out, as they are when typing."""
    found: list[Sound] = []
    end = 0
    for match in _HAN.finditer(text):
        found += _letters(text[end : match.start()])
        within = lazy_pinyin(match[0], style=Style.NORMAL)
        found += [_sound(one, _readings(one, said)) for one, said in zip(match[0], within, strict=True)]
        end = match.end()
    return (*found, *_letters(text[end:]))


def letters(found: tuple[Sound, ...]) -> frozenset[str]:
    """Everything that a word may be made of that is found in these sounds."""
    return frozenset("".join(one.character + "".join(one.readings) for one in found))


def spelled(found: tuple[Sound, ...]) -> str:
    """The initials of the sounds."""
    said = [one.readings[0] if one.readings else one.character for one in found]
    return "".join(one[0] for one in said)


def sounds_like(word: str, text: tuple[Sound, ...]) -> bool:
    """Whether a normalised word, of which the last syllable may be unfinished, is said somewhere in a text."""
    return any(_begins(word, text, start) for start, sound in enumerate(text) if word[0] in sound.initials)


def _begins(word: str, text: tuple[Sound, ...], start: int) -> bool:
    places, size = {0}, len(word)
    for number in range(start, len(text)):
        places = {end for place in places for end in _ends(word, place, text[number])}
        if size in places:
            return True
        if not places:
            return False
    return False


def _ends(word: str, place: int, sound: Sound) -> set[int]:
    """Up to where a sound may stand for the word from a place on."""
    ends = {place + 1} if word.startswith(sound.character, place) else set()
    rest = word[place:]
    for reading in sound.readings:
        for said in (reading, reading[:1], *(one for one in _LONG_INITIALS if reading.startswith(one))):
            if rest.startswith(said):
                ends.add(place + len(said))
        if reading.startswith(rest):
            ends.add(len(word))
    return ends


def _letters(text: str) -> list[Sound]:
    return [_sound(one) for one in text if one.isalnum()]


def _sound(character: str, readings: tuple[str, ...] = ()) -> Sound:
    return Sound(character, readings, character + "".join(one[0] for one in readings))


def _readings(character: str, within: str) -> tuple[str, ...]:
    """As it is read in its word, and by itself: who types 重庆 letter by letter may begin with zhong."""
    return tuple(dict.fromkeys((within, _alone(character))))


@lru_cache(maxsize=16384)
def _alone(character: str) -> str:
    return str(lazy_pinyin(character, style=Style.NORMAL)[0])

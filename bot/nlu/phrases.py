"""Finds listed phrases in a worker's text, whatever stands between their characters, and with homophones."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from bot.nlu.pinyin import Sound, alike, sounds, spelled
from bot.nlu.text import normalise

GAP = "…"
"""In a phrase it stands for up to MOST_BETWEEN characters."""
MOST_BETWEEN = 6

_SAFE_LENGTH = 4
"""Phrases of so many characters may be spelled with sounds that are easily mixed up."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """A character of a phrase or of a text: itself, or the letters that spell it, and how it sounds.

    `within` is how a character of a phrase sounds there, as 着 does in 着火.
    """

    character: str
    loose: str
    exact: str
    toned: str
    within: str

    @property
    def typed(self) -> bool:
        """Whether it is spelled in letters."""
        return "a" <= self.character[0] <= "z"


_BREAK = _Sign(",", ",", ",", ",", ",")
_CLAUSE = re.compile("[,。!?;:、]")


class PhraseBook:
    """The phrases, and what reads like them and is harmless: a phrase wholly within such words does not count."""

    def __init__(self, phrases: Iterable[str], harmless: Iterable[str] = ()) -> None:
        self._phrases = _by_first(phrases)
        self._harmless = _by_first(harmless)

    def found_in(self, text: str) -> bool:
        """Whether the text holds one of the phrases."""
        signs = _signs(text)
        found = list(_spans(signs, self._phrases, homophones=True))
        if not found:
            return False
        excused = list(_spans(signs, self._harmless, homophones=False))
        return any(not any(start <= begin and end <= stop for start, stop in excused) for begin, end in found)


Parts = tuple[tuple[_Sign, ...], ...]


def _by_first(phrases: Iterable[str]) -> dict[str, list[Parts]]:
    book: dict[str, list[Parts]] = defaultdict(list)
    for phrase in phrases:
        parts = tuple(_part(part) for part in phrase.split(GAP))
        first = parts[0][0]
        for sound in {first.loose, alike(first.within)}:
            book[sound].append(parts)
    return dict(book)


def _part(text: str) -> tuple[_Sign, ...]:
    signs = _signs(text)
    within = lazy_pinyin(text, style=Style.NORMAL) if text.isalpha() and not text.isascii() else ()
    if len(within) != len(signs):
        return signs
    return tuple(replace(sign, within=sound) for sign, sound in zip(signs, within, strict=True))


@lru_cache(maxsize=1024)
def _signs(text: str) -> tuple[_Sign, ...]:
    """What is read of a text: marks, digits, spaces and emoji between the characters are none.

    A comma ends what can be a phrase (对半砍，我是…), unless it stands beside a lone character (自，杀).
    """
    clauses = list(filter(None, map(_clause, _CLAUSE.split(normalise(text)))))
    read: list[_Sign] = []
    for number, clause in enumerate(clauses):
        if number and len(clause) > 1 and len(clauses[number - 1]) > 1:
            read.append(_BREAK)
        read += clause
    return tuple(read)


def _clause(text: str) -> list[_Sign]:
    return [_sign(text, sound) for sound in sounds(text) if not sound[0].isdigit()]


def _sign(text: str, sound: Sound) -> _Sign:
    loose, start, end = sound
    written = text[start:end]
    if "a" <= written[0] <= "z":
        return _Sign(written, loose, written, written, written)
    return _Sign(written, loose, spelled(written), _toned(written), spelled(written))


@lru_cache(maxsize=16384)
def _toned(character: str) -> str:
    return str(lazy_pinyin(character, style=Style.TONE3, neutral_tone_with_five=True)[0])


def _spans(signs: Sequence[_Sign], book: dict[str, list[Parts]], *, homophones: bool) -> Iterator[tuple[int, int]]:
    for place, sign in enumerate(signs):
        for parts in book.get(sign.loose, ()):
            end = _end(signs, place, parts, homophones=homophones)
            if end is not None:
                yield place, end


def _end(signs: Sequence[_Sign], place: int, parts: Parts, *, homophones: bool) -> int | None:
    """Where the parts end that begin at a place, one after the other; None where they do not stand there."""
    for number, part in enumerate(parts):
        last = place + (MOST_BETWEEN if number else 0)
        begin = next((at for at in range(place, last + 1) if _stands(signs, at, part, homophones=homophones)), None)
        if begin is None:
            return None
        place = begin + len(part)
    return place


def _stands(signs: Sequence[_Sign], at: int, part: Sequence[_Sign], *, homophones: bool) -> bool:
    """Whether a part stands at a place.

    At least half of its characters have to be right or spelled in letters; the fewer there are, the nearer the others
    have to sound, since 割完 is not 割腕 and 亲生 not 轻生.
    """
    here = signs[at : at + len(part)]
    if len(here) < len(part):
        return False
    if not homophones:
        return all(sign.character == wanted.character for sign, wanted in zip(here, part, strict=True))
    right = sum(sign.character == wanted.character or sign.typed for sign, wanted in zip(here, part, strict=True))
    if 2 * right < len(part):
        return False
    return all(_sounds_like(sign, wanted, len(part)) for sign, wanted in zip(here, part, strict=True))


def _sounds_like(sign: _Sign, wanted: _Sign, length: int) -> bool:
    if sign.character == wanted.character or (sign.typed and sign.exact == wanted.within):
        return True
    if length >= _SAFE_LENGTH:
        return sign.loose == wanted.loose
    if sign.typed or length > 2:
        return sign.exact == wanted.exact
    return sign.toned == wanted.toned

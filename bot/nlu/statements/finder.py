"""Finds the words of many lists in a text as they are written; bot.nlu.lexicon also finds them by their sound."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.nlu.lexicon import WordList
from bot.nlu.statements.speech import GAP, MARKS, Words, expanded

LEAST = 2
"""Words are looked up by so many first characters, so that most of a text is passed over quickly."""
_MARK = re.compile(f"[{re.escape(MARKS)}]")


@dataclass(frozen=True, slots=True)
class Named:
    """A word of a slot's list at [start, end), with a gap between `head` and `last`: 也 of 单位也同意."""

    slot: str
    value: bool | str
    start: int
    end: int
    head: int
    last: int


@dataclass(frozen=True, slots=True)
class _Word:
    """What follows the beginning of a word after gaps."""

    rest: tuple[str, ...]
    value: str
    words: WordList

    def reach(self, text: str, start: int) -> tuple[int, int] | None:
        """Where the last part begins and ends, if the first one after a gap stands at `start`."""
        last, end = start, start + len(self.rest[0])
        for part in self.rest[1:]:
            last = text.find(part, end, end + GAP + len(part))
            if last < 0 or _MARK.search(text, end, last):
                return None
            end = last + len(part)
        return last, end


_Ways = dict[str, list[_Word]]
"""How a word may go on after its beginning, by the first character behind the gap; empty for what ends there."""


class Finder:
    """The words by their beginnings; 单位…同意 is a word with a gap, and what stands in front of it has two characters.

    <单位> in a word stands for any of that group.
    """

    def __init__(self, lists: Iterable[WordList], groups: Mapping[str, Words]) -> None:
        self._ways: dict[str, _Ways] = {}
        self._lengths: dict[str, set[int]] = {}
        for one in lists:
            for value, words in one.values.items():
                for word in dict.fromkeys(expanded((value, *words), groups)):
                    self._add(word, value, one)

    def _add(self, word: str, value: str, words: WordList) -> None:
        head, *rest = word.split("…")
        self._lengths.setdefault(head[:LEAST], set()).add(len(head))
        ways = self._ways.setdefault(head, {})
        ways.setdefault(rest[0][0] if rest else "", []).append(_Word(tuple(rest), value, words))

    def find(self, text: str) -> list[Named]:
        """Each word found in its order; where two of one list overlap the longer wins, then the first."""
        found: dict[str, list[Named]] = {}
        for match in sorted(self._all(text), key=lambda match: (match.start - match.end, match.last)):
            others = found.setdefault(match.slot, [])
            if not any(overlap(match, other) for other in others):
                others.append(match)
        return sorted((match for matches in found.values() for match in matches), key=lambda match: match.start)

    def _all(self, text: str) -> Iterator[Named]:
        for start in range(len(text) - LEAST + 1):
            for length in self._lengths.get(text[start : start + LEAST], ()):
                head = start + length
                if head <= len(text) and (ways := self._ways.get(text[start:head])):
                    yield from _reached(ways, text, start, head)


def overlap(one: Named, other: Named) -> bool:
    """Whether two words share a character."""
    return one.start < other.end and other.start < one.end


def _reached(ways: _Ways, text: str, start: int, head: int) -> Iterator[Named]:
    for word in ways.get("", ()):
        if _stands_well(word.words, text, start, head):
            yield Named(word.words.entity, word.value, start, head, head, start)
    for at in range(head, min(head + GAP + 1, len(text)) if len(ways) > ("" in ways) else head):
        if text[at] in MARKS:
            return
        for word in ways.get(text[at], ()):
            first = text.startswith(word.rest[0], at) and text.find(word.rest[0], head) == at
            place = word.reach(text, at) if first else None
            if place and _stands_well(word.words, text, start, place[1]):
                yield Named(word.words.entity, word.value, start, place[1], head, place[0])


def _stands_well(words: WordList, text: str, start: int, end: int) -> bool:
    return not text.startswith(words.not_before, end) and not text.endswith(words.not_after, 0, start)

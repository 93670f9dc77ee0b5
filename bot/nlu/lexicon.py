"""The editable word lists of nlu_data/lexicon: everyday words for the values of an entity, and for concepts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from bot.nlu.pinyin import sounds, syllables
from bot.nlu.text import normalise

Match = tuple[str, str, int, int]
"""(entity, value, start, end) of a word in a normalised text."""

LEAST_SYLLABLES = 3
"""Words this long are also found by their sound: shorter ones sound like too many others."""

T = TypeVar("T")
PROJECT = Path(__file__).resolve().parents[2]


class WordList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entity: the words that name each value, and what must not stand right before or behind a word."""

    entity: str
    values: Mapping[str, tuple[str, ...]]
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    short: Mapping[str, tuple[str, ...]] = {}
    """More words by value, which stand for it only in a follow-up to a question that named one of the list: 银的."""
    names_things: bool = True
    """False for concepts, which help to understand but are no entities."""


class LexiconInvalid(Exception):
    """A word list has the wrong shape, or a word stands for two values."""


class Lexicon:
    """Finds the words of all lists in a normalised text, as they are written and as they sound."""

    def __init__(self, lists: Iterable[WordList]) -> None:
        self.lists = tuple(lists)
        self._written: dict[str, list[tuple[int, str]]] = {}
        self._heard: dict[tuple[str, ...], list[tuple[int, str]]] = {}
        for number, words in enumerate(self.lists):
            for word, value in _values(words).items():
                self._written.setdefault(word, []).append((number, value))
                sound = syllables(word)
                if len(sound) >= LEAST_SYLLABLES:
                    self._heard.setdefault(sound, []).append((number, value))
        self._lengths_written = _lengths(self._written)
        self._lengths_heard = _lengths(self._heard)

    def find(self, text: str) -> list[Match]:
        """Each word found; within one list the longest word wins, and a written word wins over a heard one."""
        taken: list[set[int]] = [set() for _ in self.lists]
        found = self._take(text, self._written_in(text), taken)
        return found + self._take(text, self._heard_in(text), taken)

    def _written_in(self, text: str) -> Iterable[_Candidate]:
        for start, end in _stretches(text, self._lengths_written):
            for number, value in self._written.get(text[start:end], ()):
                yield number, value, start, end

    def _heard_in(self, text: str) -> Iterable[_Candidate]:
        heard = sounds(text)
        said = tuple(syllable for syllable, _, _ in heard)
        for first, after in _stretches(said, self._lengths_heard):
            for number, value in self._heard.get(said[first:after], ()):
                yield number, value, heard[first][1], heard[after - 1][2]

    def _take(self, text: str, candidates: Iterable[_Candidate], taken: Sequence[set[int]]) -> list[Match]:
        found: list[Match] = []
        for number, value, start, end in sorted(candidates, key=lambda one: (one[2] - one[3], one[2])):
            words = self.lists[number]
            if taken[number].isdisjoint(range(start, end)) and _stands_well(words, text, start, end):
                taken[number].update(range(start, end))
                found.append((words.entity, value, start, end))
        return found


_Candidate = tuple[int, str, int, int]


def folder(configured: str) -> Path:
    """The folder that a pipeline's configuration names, from the current folder or from the project's own."""
    return Path(configured) if Path(configured).is_dir() else PROJECT / configured


def read_entities(folder: Path) -> list[WordList]:
    """The lists of lexicon/entities, one a file; raises LexiconInvalid with the file's name."""
    return [_read(path, WordList) for path in sorted((folder / "entities").glob("*.yml"))]


def read_concepts(folder: Path) -> list[WordList]:
    """The lists of lexicon/concepts, one field a file with a concept a key; raises LexiconInvalid."""
    paths = sorted((folder / "concepts").glob("*.yml"))
    return [WordList(path.stem, _read(path, dict[str, tuple[str, ...]]), names_things=False) for path in paths]


def _read(path: Path, kind: type[T]) -> T:
    try:
        return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), kind)
    except (msgspec.ValidationError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise LexiconInvalid(f"{path}: {error}; compare with the other lists in the folder") from error


def _values(words: WordList) -> dict[str, str]:
    values: dict[str, str] = {}
    for value, names in words.values.items():
        for name in (value, *names):
            other = values.setdefault(normalise(name), value)
            if other != value:
                raise LexiconInvalid(f"{words.entity}: {name} stands for {other} and {value}; keep it under one")
    return values


def _lengths(words: Iterable[Sequence[str]]) -> dict[str, tuple[int, ...]]:
    """How long the words are that begin with a character or a syllable; most begin none."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(lengths)) for first, lengths in found.items()}


def _stretches(said: Sequence[str], lengths: Mapping[str, tuple[int, ...]]) -> Iterable[tuple[int, int]]:
    """Where a word may stand: [start, end) of each stretch that begins like a word and is as long as one."""
    for start, first in enumerate(said):
        for length in lengths.get(first, ()):
            if start + length <= len(said):
                yield start, start + length


def _stands_well(words: WordList, text: str, start: int, end: int) -> bool:
    return not text.startswith(words.not_before, end) and not text.endswith(words.not_after, 0, start)

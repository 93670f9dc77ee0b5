"""The editable word lists of nlu_data/lexicon: everyday words for the values of an entity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
import yaml

from bot.nlu.text import normalise


class EntityWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entity: the words that name each value, and characters that must not follow a word."""

    entity: str
    values: Mapping[str, tuple[str, ...]]
    not_before: tuple[str, ...] = ()


class LexiconInvalid(Exception):
    """A word list has the wrong shape, or a word stands for two values."""


class Lexicon:
    """Finds the words of all lists in a normalised text."""

    def __init__(self, lists: Iterable[EntityWords]) -> None:
        self.lists = tuple(lists)
        self._matchers = [_matcher(words) for words in self.lists]

    @classmethod
    def read(cls, folder: Path) -> Lexicon:
        """The word lists of a folder; raises LexiconInvalid with the file's name."""
        return cls(_read(path) for path in sorted(folder.glob("*.yml")))

    def find(self, text: str) -> list[tuple[str, str, int, int]]:
        """(entity, value, start, end) of each word found; within one entity the longest word wins."""
        return [
            (words.entity, values[match[0]], match.start(), match.end())
            for words, (pattern, values) in zip(self.lists, self._matchers, strict=True)
            for match in pattern.finditer(text)
        ]


def _read(path: Path) -> EntityWords:
    try:
        return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), EntityWords)
    except (msgspec.ValidationError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise LexiconInvalid(f"{path}: {error}; compare with the other lists in the folder") from error


def _matcher(words: EntityWords) -> tuple[re.Pattern[str], dict[str, str]]:
    values: dict[str, str] = {}
    for value, names in words.values.items():
        for name in (value, *names):
            if values.setdefault(normalise(name), value) != value:
                raise LexiconInvalid(f"{words.entity}: {name} stands for two values; keep it under one")
    longest_first = sorted(values, key=lambda name: (-len(name), name))
    after = f"(?!{'|'.join(map(re.escape, words.not_before))})" if words.not_before else ""
    return re.compile("|".join(re.escape(name) + after for name in longest_first)), values

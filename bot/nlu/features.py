"""Turns a normalised text into a sparse vector of characters, sounds and words.

The three views are weighted by TF-IDF and brought to a fixed length each, so that none drowns the others: characters
catch the wording, sounds what voice input and typed pinyin do to it, and words (the values of the lexicon) the
meaning, also what tells siblings such as 技师 and 高级技师 apart. A general word segmenter was tried beside them: it
changed nothing in accuracy and cost 100 MB.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from bot.nlu.lexicon import Lexicon
from bot.nlu.pinyin import syllables

Floats = NDArray[np.float32]
_EDGE = "\u2402"


class ViewSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a view is cut and weighed: n-grams of 1 to `longest`, kept when seen `least` times, weight in the whole."""

    longest: int
    least: int
    weight: float


DEFAULT_VIEWS = {
    "characters": ViewSettings(3, 3, 1.0),
    "sounds": ViewSettings(2, 2, 0.9),
    "words": ViewSettings(1, 2, 0.5),
}


def _grams(parts: Sequence[str], longest: int, join: str) -> Iterable[str]:
    for size in range(1, longest + 1):
        yield from map(join.join, zip(*(parts[start:] for start in range(size)), strict=False))


def _characters(text: str, longest: int) -> Iterable[str]:
    return _grams(tuple(_EDGE + text + _EDGE), longest, "")


def _sounds(text: str, longest: int) -> Iterable[str]:
    return _grams(syllables(text), longest, " ")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of one view: the column of each and its inverse document frequency."""

    columns: dict[str, int]
    idf: Floats


@dataclass(frozen=True, slots=True)
class Vector:
    """A sparse row: columns and values, and which share of the text's characters pairs training has seen (0 to 1)."""

    columns: NDArray[np.int32]
    values: Floats
    known: float


class Featuriser:
    """Fitted on the training texts; gives the same vector for the same text ever after."""

    def __init__(self, lexicon: Lexicon, views: dict[str, ViewSettings], vocabularies: dict[str, Vocabulary]) -> None:
        self._lexicon = lexicon
        self.views = views
        self.vocabularies = vocabularies
        self.size = sum(len(vocabulary.columns) for vocabulary in vocabularies.values())

    @classmethod
    def fit(cls, texts: Sequence[str], lexicon: Lexicon, views: dict[str, ViewSettings] = DEFAULT_VIEWS) -> Featuriser:
        """Learn the terms of normalised texts."""
        empty = cls(lexicon, views, {})
        vocabularies: dict[str, Vocabulary] = {}
        first = 0
        for name, settings in views.items():
            documents: Counter[str] = Counter()
            for text in texts:
                documents.update(set(empty._terms(name, text)))
            kept = sorted(term for term, count in documents.items() if count >= settings.least)
            counts = np.array([documents[term] for term in kept], dtype=np.float32)
            idf = np.log((1 + len(texts)) / (1 + counts)) + 1
            vocabularies[name] = Vocabulary({term: first + n for n, term in enumerate(kept)}, idf.astype(np.float32))
            first += len(kept)
        return cls(lexicon, views, vocabularies)

    def vector(self, text: str) -> Vector:
        """The vector of one normalised text."""
        columns: list[NDArray[np.int32]] = []
        values: list[Floats] = []
        first = 0
        for name, settings in self.views.items():
            vocabulary = self.vocabularies[name]
            counts = Counter(map(vocabulary.columns.get, self._terms(name, text)))
            counts.pop(None, None)
            if counts:
                view = np.fromiter(counts, np.int32, len(counts))
                weights = (1 + np.log(np.fromiter(counts.values(), np.float32))) * vocabulary.idf[view - first]
                columns.append(view)
                values.append(weights * (settings.weight / np.linalg.norm(weights)))
            first += len(vocabulary.columns)
        if not values:
            return Vector(np.zeros(0, np.int32), np.zeros(0, np.float32), self._known(text))
        return Vector(np.concatenate(columns), np.concatenate(values).astype(np.float32), self._known(text))

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        """The vectors of many texts as rows."""
        vectors = [self.vector(text) for text in texts]
        ends = np.cumsum([0, *(len(vector.columns) for vector in vectors)])
        columns = np.concatenate([vector.columns for vector in vectors])
        values = np.concatenate([vector.values for vector in vectors])
        return csr_matrix((values, columns, ends), shape=(len(texts), self.size))

    def _terms(self, view: str, text: str) -> Iterable[str]:
        longest = self.views[view].longest
        if view == "characters":
            return _characters(text, longest)
        if view == "sounds":
            return _sounds(text, longest)
        return (f"{entity}={value}" for entity, value, _, _ in self._lexicon.find(text))

    def _known(self, text: str) -> float:
        """Sounds, not characters, so that a homophone counts as known."""
        vocabulary = self.vocabularies["sounds"].columns
        heard = syllables(text)
        pairs = [" ".join(pair) for pair in pairwise(heard)] or list(heard)
        return sum(pair in vocabulary for pair in pairs) / len(pairs) if pairs else 0.0

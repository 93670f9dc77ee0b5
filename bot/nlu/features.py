"""Turns a normalised text into a sparse vector of characters, sounds and words.

The views are weighted by TF-IDF and brought to a fixed length each, so that none drowns the others: characters catch
the wording, gaps (two characters with up to three between them) also where something stands between, sounds what voice
input and typed pinyin do to it, words (the values of the lexicon) the meaning, also what tells siblings such as 技师 and
高级技师 apart, and pairs of words what is asked about what (提升 with 补贴). A general word segmenter was tried beside
them: it changed nothing in accuracy and cost 100 MB.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from bot.nlu.lexicon import Lexicon
from bot.nlu.pinyin import syllables
from bot.nlu.vocabulary import Counts, Floats, ViewSettings, Vocabulary, rows, weigh

_EDGE = "\u2402"
DEFAULT_VIEWS = {
    "characters": ViewSettings(2, 3, 1.0),
    "sounds": ViewSettings(2, 2, 0.9),
    "words": ViewSettings(1, 2, 0.5),
    "pairs": ViewSettings(2, 2, 0.4),
    "gaps": ViewSettings(3, 3, 0.8),
}


def _grams(parts: Sequence[str], longest: int, join: str) -> Iterable[str]:
    for size in range(1, longest + 1):
        yield from map(join.join, zip(*(parts[start:] for start in range(size)), strict=False))


def _characters(text: str, longest: int) -> Iterable[str]:
    return _grams(tuple(_EDGE + text + _EDGE), longest, "")


def _sounds(text: str, longest: int) -> Iterable[str]:
    return _grams(syllables(text), longest, " ")


def _gaps(text: str, most: int) -> Iterable[str]:
    """Pairs of characters with one to `most` characters between them."""
    signs = _EDGE + text + _EDGE
    return (first + other for place, first in enumerate(signs) for other in signs[place + 2 : place + 2 + most])


@dataclass(frozen=True, slots=True)
class Vector:
    """A sparse row: columns and values, and which share of the text's characters pairs training has seen (0 to 1)."""

    columns: NDArray[np.int32]
    values: Floats
    known: float


class Featuriser:
    """Fitted on the training texts; gives the same vector for the same text ever after."""

    def __init__(
        self, lexicon: Lexicon, views: Mapping[str, ViewSettings], vocabularies: Mapping[str, Vocabulary]
    ) -> None:
        self._lexicon = lexicon
        self.views = views
        self.vocabularies = vocabularies
        self.size = sum(len(vocabulary.columns) for vocabulary in vocabularies.values())

    @classmethod
    def fit(
        cls, texts: Sequence[str], lexicon: Lexicon, views: Mapping[str, ViewSettings] = DEFAULT_VIEWS
    ) -> Featuriser:
        """Learn the terms of normalised texts."""
        return cls.fit_vectors(texts, lexicon, views)[0]

    @classmethod
    def fit_vectors(
        cls, texts: Sequence[str], lexicon: Lexicon, views: Mapping[str, ViewSettings] = DEFAULT_VIEWS
    ) -> tuple[Featuriser, list[Vector]]:
        """Learn the terms of normalised texts, and give the vector of each, which takes hardly longer."""
        empty = cls(lexicon, views, {})
        counts = {name: Counts() for name in views}
        for text in texts:
            for name, terms in empty._terms(text):
                counts[name].add(terms)
        vocabularies: dict[str, Vocabulary] = {}
        blocks, first = [], 0
        for name, settings in views.items():
            vocabularies[name], block = counts.pop(name).learn(settings, first)
            blocks.append(block)
            first += block.shape[1]
        fitted = cls(lexicon, views, vocabularies)
        found = zip(rows(hstack(blocks, format="csr")), texts, strict=True)
        return fitted, [Vector(columns, values, fitted._known(text)) for (columns, values), text in found]

    def vector(self, text: str) -> Vector:
        """The vector of one normalised text."""
        columns: list[NDArray[np.int32]] = []
        values: list[Floats] = []
        first = 0
        for name, terms in self._terms(text):
            vocabulary = self.vocabularies[name]
            counts = Counter(map(vocabulary.columns.get, terms))
            counts.pop(None, None)
            if counts:
                view = np.fromiter(counts, np.int32, len(counts))
                weights = weigh(np.fromiter(counts.values(), np.float32), vocabulary.idf[view - first])
                columns.append(view)
                values.append(weights * (self.views[name].weight / np.linalg.norm(weights)))
            first += len(vocabulary.columns)
        if not values:
            return Vector(np.zeros(0, np.int32), np.zeros(0, np.float32), self._known(text))
        return Vector(np.concatenate(columns), np.concatenate(values).astype(np.float32), self._known(text))

    def matrix(self, texts: Sequence[str]) -> csr_matrix:
        """The vectors of many texts as rows."""
        return matrix([self.vector(text) for text in texts], self.size)

    def _terms(self, text: str) -> Iterator[tuple[str, Iterable[str]]]:
        """The terms of each view, in the order of the views."""
        words = [f"{entity}={value}" for entity, value, _, _ in self._lexicon.find(text)]
        for name, settings in self.views.items():
            if name == "characters":
                yield name, _characters(text, settings.longest)
            elif name == "sounds":
                yield name, _sounds(text, settings.longest)
            elif name == "gaps":
                yield name, _gaps(text, settings.longest)
            elif name == "words":
                yield name, words
            else:
                yield name, map("&".join, combinations(sorted(set(words)), 2))

    def _known(self, text: str) -> float:
        """Sounds, not characters, so that a homophone counts as known."""
        vocabulary = self.vocabularies["sounds"].columns
        heard = syllables(text)
        pairs = [" ".join(pair) for pair in pairwise(heard)] or list(heard)
        return sum(pair in vocabulary for pair in pairs) / len(pairs) if pairs else 0.0


def matrix(vectors: Sequence[Vector], size: int) -> csr_matrix:
    """Vectors as the rows of a matrix with `size` columns."""
    ends = np.cumsum([0, *(len(vector.columns) for vector in vectors)])
    columns = np.concatenate([vector.columns for vector in vectors])
    values = np.concatenate([vector.values for vector in vectors])
    return csr_matrix((values, columns, ends), shape=(len(vectors), size))

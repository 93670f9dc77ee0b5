"""Learns which terms of the training texts count, and weighs them by TF-IDF."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]


class ViewSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a view is cut and weighed: n-grams of 1 to `longest`, kept when seen `least` times, weight in the whole.

    For gaps `longest` is how many characters may stand between two.
    """

    longest: int
    least: int
    weight: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of one view: the column of each, and its rarity: the root of its inverse document frequency.

    The root won over the frequency itself in cross-validation of the training questions and of SMP2017.
    """

    columns: dict[str, int]
    idf: Floats


class Counts:
    """Collects the terms of one view, text by text."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._terms = array("i")
        self._ends = array("i", [0])

    def add(self, terms: Iterable[str]) -> None:
        """The terms of the next text."""
        numbers = self._numbers
        self._terms.extend(numbers.setdefault(term, len(numbers)) for term in terms)
        self._ends.append(len(self._terms))

    def learn(self, settings: ViewSettings, first: int) -> tuple[Vocabulary, csr_matrix]:
        """The terms that are kept, in columns from `first`, and the weights of each text in columns from 0.

        One matrix for all texts takes a third of the time that a vector for each would.
        """
        texts = len(self._ends) - 1
        seen = csr_matrix(
            (np.ones(len(self._terms), np.float32), np.array(self._terms), np.array(self._ends)),
            shape=(texts, len(self._numbers)),
        )
        seen.sum_duplicates()
        documents = np.bincount(seen.indices, minlength=len(self._numbers))
        kept = sorted(term for term, number in self._numbers.items() if documents[number] >= settings.least)
        numbers = np.array([self._numbers[term] for term in kept], dtype=np.int64)
        idf = np.sqrt(np.log((1 + texts) / (1 + documents[numbers])) + 1).astype(np.float32)
        vocabulary = Vocabulary({term: first + n for n, term in enumerate(kept)}, idf)
        return vocabulary, _weighed(seen[:, numbers], idf, settings.weight)


def weigh(counts: Floats, idf: Floats) -> Floats:
    """What terms weigh in a text by how often they stand in it."""
    weights: Floats = (1 + np.log(counts)) * idf
    return weights


def _weighed(counts: csr_matrix, idf: Floats, length: float) -> csr_matrix:
    weights = weigh(counts.data, idf[counts.indices])
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    norms = np.sqrt(np.bincount(rows, weights**2, counts.shape[0]))
    values = (weights * (length / norms[rows])).astype(np.float32)
    return csr_matrix((values, counts.indices, counts.indptr), shape=counts.shape)


def rows(matrix: csr_matrix) -> Sequence[tuple[NDArray[np.int32], Floats]]:
    """Columns and values of each row; they share the matrix's memory."""
    ends = matrix.indptr.tolist()
    return [(matrix.indices[start:end], matrix.data[start:end]) for start, end in pairwise(ends)]

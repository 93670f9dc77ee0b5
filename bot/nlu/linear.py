"""A linear model over sparse features, with a confidence that means what it says.

A label's score is that of a support vector machine and a share of a naive Bayes score. The machine tells labels apart
that are alike: it learns from a label's questions, and from those others that naive Bayes could take for them, which is
five times as fast as learning from all. Naive Bayes knows the rest. Both are linear, so the sum costs no more than one.
"""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bot.nlu.features import Vector
from bot.nlu.vocabulary import Floats

HELD_BACK = 3
RIVALS = 40
"""A question teaches its own label and this many others what they are not: those that it looks most like. Learning from
all the questions makes no more answers right."""
PASSES = 10
"""Over the questions; up to convergence it takes some 30, which make no more answers right."""
BAYES = 0.03
"""The share of naive Bayes, by cross-validation of the training questions and of the public SMP2017 training texts."""
UNSEEN = 1 / 3
"""How often a feature that a label never has is thought to be seen with it, by how often the average feature is."""
SEED = 42


@dataclass(frozen=True, slots=True)
class Guess:
    """A label and how likely it is the right one, 0 to 1."""

    label: str
    confidence: float


@dataclass(frozen=True)
class LinearModel:
    """Weights of shape (features, labels), a bias for each label, and the calibration.

    `calibration` maps (best score, lead over the second, share of known sounds, 1) to the log-odds that the best
    label is right; it is fitted on scores of questions that the scoring model had not seen.
    """

    labels: tuple[str, ...]
    weights: csr_matrix
    bias: Floats
    calibration: Floats

    @cached_property
    def places(self) -> dict[str, int]:
        """Where each label stands among `labels`."""
        return {label: place for place, label in enumerate(self.labels)}

    def scores(self, vector: Vector) -> Floats:
        """The score of each label, in the order of `labels`; above 0 speaks for it.

        Six in seven weights are 0. The others of a text's features are fetched at once: in memory that no other
        message has warmed this takes a third of the time of full rows, and a product of SciPy's twice as long.
        """
        if not len(vector.columns):
            return self.bias.copy()
        table = self.weights
        starts = table.indptr[vector.columns]
        lengths = table.indptr[vector.columns + 1] - starts
        ends = np.cumsum(lengths)
        places = np.arange(ends[-1]) + np.repeat(starts - ends + lengths, lengths)
        shares = table.data[places] * np.repeat(vector.values, lengths)
        found: Floats = np.bincount(table.indices[places], shares, len(self.labels)).astype(np.float32)
        return found + self.bias

    def ranking(self, scores: Floats, known: float, most: int = 8) -> list[Guess]:
        """The likeliest labels, best first; the best one's confidence is calibrated, the rest share what is left."""
        order = np.argsort(-scores)[: most + 1]
        best = scores[order]
        sure = _sigmoid(float(evidence(scores[None, :], np.array([known]))[0] @ self.calibration))
        shares = np.exp((best[1:] - best[1]) * _SHARPNESS)
        shares = np.minimum(shares * ((1 - sure) / shares.sum()), sure)
        rest = [Guess(self.labels[n], float(share)) for n, share in zip(order[1:most], shares, strict=False)]
        return [Guess(self.labels[order[0]], sure), *rest]

    def guesses(self, vector: Vector) -> list[Guess]:
        """The ranking of a text by itself."""
        return self.ranking(self.scores(vector), vector.known)


_SHARPNESS = 4.0


def train(
    features: csr_matrix, labels: Sequence[str], known: NDArray[np.float32], groups: Sequence[str]
) -> LinearModel:
    """Fit the model and its calibration.

    A third of the groups is held back from the model that calibrates. Rows of the same group (a question and its copy
    in pinyin) never stand on both sides. Every label needs rows on both, which ten questions make certain.
    """
    answers = np.array(labels)
    held_back = np.array([zlib.crc32(group.encode()) % HELD_BACK == 0 for group in groups])
    model, partial = _fit(features, answers), _fit(features[~held_back], answers[~held_back])
    unseen = features[held_back] @ partial.weights + partial.bias
    right = partial.labels[unseen.argmax(axis=1)] == answers[held_back]
    calibration = LogisticRegression(C=10.0, fit_intercept=False).fit(evidence(unseen, known[held_back]), right)
    return LinearModel(
        tuple(map(str, model.labels)), csr_matrix(model.weights), model.bias, calibration.coef_[0].astype(np.float32)
    )


def evidence(scores: Floats, known: NDArray[np.float32]) -> Floats:
    """What the calibration looks at, a row for each text: best score, its lead, share of known sounds, 1."""
    top = np.partition(scores, -2, axis=1)[:, -2:]
    columns: list[Floats] = [top[:, 1], top[:, 1] - top[:, 0], known, np.ones(len(scores), np.float32)]
    return np.stack(columns, axis=1)


@dataclass(frozen=True)
class _Fitted:
    labels: NDArray[np.str_]
    weights: Floats
    bias: Floats


def _fit(features: csr_matrix, answers: NDArray[np.str_]) -> _Fitted:
    labels, numbers = np.unique(answers, return_inverse=True)
    bayes = naive_bayes(features, numbers)
    teaches = _rivals((features @ bayes).toarray())
    teaches[np.arange(len(numbers)), numbers] = True
    weights = (bayes * BAYES).toarray()
    bias = np.zeros(len(labels), dtype=np.float32)
    features = csr_matrix(features, dtype=np.float64)  # What scikit-learn would turn each part into.

    def learn(label: int) -> None:
        taught = np.flatnonzero(teaches[:, label])
        # The hinge loss and these values won on the development questions and in cross-validation; a tighter tolerance
        # only takes longer.
        solver = LinearSVC(C=1.0, loss="hinge", tol=0.1, max_iter=PASSES, random_state=SEED)
        solver.fit(features[taught], numbers[taught] == label)
        weights[:, label] += solver.coef_[0]
        bias[label] = solver.intercept_[0]

    with warnings.catch_warnings(), ThreadPoolExecutor(2) as pool:
        warnings.simplefilter("ignore", ConvergenceWarning)  # PASSES says why.
        list(pool.map(learn, range(len(labels))))  # scikit-learn lets go of Python's lock while it fits.
    return _Fitted(labels, weights, bias)


def _rivals(scores: Floats) -> NDArray[np.bool_]:
    """Which labels each row has the highest scores for."""
    most = min(RIVALS, scores.shape[1])
    highest = np.argpartition(-scores, most - 1, axis=1)[:, :most]
    found = np.zeros(scores.shape, dtype=bool)
    np.put_along_axis(found, highest, values=True, axis=1)
    return found


def naive_bayes(features: csr_matrix, numbers: NDArray[np.int64]) -> csr_matrix:
    """How much each feature speaks for each label, by the labels' numbers; 0 where they never met.

    The logarithm of how much more often a feature is seen with a label than the average feature is. What naive Bayes
    adds for features that were not seen with a label is the same for all of them, so it is left out.
    """
    examples = csr_matrix((np.ones(len(numbers), np.float32), numbers, np.arange(len(numbers) + 1)))
    seen = (features.T @ examples).tocsr()
    shares = seen @ diags(1 / np.asarray(seen.sum(axis=0)).ravel())
    odds = csr_matrix(shares, dtype=np.float32)
    odds.data = np.log1p(odds.data * (odds.shape[0] / UNSEEN))
    return odds


def _sigmoid(logit: float) -> float:
    return float(1 / (1 + np.exp(-logit)))

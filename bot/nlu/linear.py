"""A linear one-against-the-rest model over sparse features, with a confidence that means what it says."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bot.nlu.features import Floats, Vector

HELD_BACK = 3
PASSES = 10
"""Over the questions; up to convergence it takes some 30, which change no answer to the development questions."""
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
    weights: Floats
    bias: Floats
    calibration: Floats

    def scores(self, vector: Vector) -> Floats:
        """The score of each label, in the order of `labels`; above 0 speaks for it."""
        found: Floats = vector.values @ self.weights[vector.columns] + self.bias
        return found

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
    """Fit the model and its calibration, the two at the same time.

    A third of the groups is held back from the model that calibrates. Rows of the same group (a question and its copy
    in pinyin) never stand on both sides. Every label needs rows on both, which ten questions make certain.
    """
    answers = np.array(labels)
    # Fitting would sort the rows in place, while the other thread reads them.
    features.sum_duplicates()
    held_back = np.array([zlib.crc32(group.encode()) % HELD_BACK == 0 for group in groups])
    with warnings.catch_warnings(), ThreadPoolExecutor(2) as pool:
        warnings.simplefilter("ignore", ConvergenceWarning)  # PASSES says why.
        # scikit-learn lets go of Python's lock while it fits.
        fitting = pool.submit(_fit, features, answers)
        partial = pool.submit(_fit, features[~held_back], answers[~held_back]).result()
        model = fitting.result()
    unseen = partial.decision_function(features[held_back])
    right = partial.classes_[unseen.argmax(axis=1)] == answers[held_back]
    calibration = LogisticRegression(C=10.0, fit_intercept=False).fit(evidence(unseen, known[held_back]), right)
    weights = np.ascontiguousarray(model.coef_.T, dtype=np.float32)
    bias = model.intercept_.astype(np.float32)
    return LinearModel(tuple(map(str, model.classes_)), weights, bias, calibration.coef_[0].astype(np.float32))


def evidence(scores: Floats, known: NDArray[np.float32]) -> Floats:
    """What the calibration looks at, a row for each text: best score, its lead, share of known sounds, 1."""
    top = np.partition(scores, -2, axis=1)[:, -2:]
    columns: list[Floats] = [top[:, 1], top[:, 1] - top[:, 0], known, np.ones(len(scores), np.float32)]
    return np.stack(columns, axis=1)


def _fit(features: csr_matrix, answers: NDArray[np.str_]) -> LinearSVC:
    # The hinge loss and these values won on the development questions and in cross-validation; a tighter tolerance
    # only takes longer.
    solver = LinearSVC(C=1.0, loss="hinge", tol=0.1, max_iter=PASSES, random_state=SEED)
    return solver.fit(features, answers)


def _sigmoid(logit: float) -> float:
    return float(1 / (1 + np.exp(-logit)))

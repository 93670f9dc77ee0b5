"""Texts as sparse vectors."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.features import Featuriser, Vector
from bot.nlu.lexicon import Lexicon, WordList

TEXTS = ("年金谁出钱", "年金怎么交", "技师补贴多少", "技师补贴怎么领", "高级技师补贴")


@pytest.fixture(scope="module")
def featuriser() -> Featuriser:
    return Featuriser.fit(TEXTS, Lexicon([WordList("level", {"技师": (), "高级技师": ()})]))


def likeness(one: Vector, other: Vector) -> float:
    shared, first, second = np.intersect1d(one.columns, other.columns, return_indices=True)
    return float(one.values[first] @ other.values[second]) if len(shared) else 0.0


def test_same_text_has_the_same_vector(featuriser: Featuriser) -> None:
    one, other = featuriser.vector(TEXTS[0]), featuriser.vector(TEXTS[0])

    assert likeness(one, other) == pytest.approx(likeness(one, one))
    assert np.array_equal(one.columns, other.columns)


def test_columns_are_unique_and_within_the_size(featuriser: Featuriser) -> None:
    for text in TEXTS:
        columns = featuriser.vector(text).columns

        assert len(set(columns.tolist())) == len(columns) > 0
        assert 0 <= columns.min() <= columns.max() < featuriser.size


def test_homophones_are_nearer_than_other_questions(featuriser: Featuriser) -> None:
    asked = featuriser.vector("计师补帖怎么领")

    near, far = featuriser.vector("技师补贴怎么领"), featuriser.vector("年金谁出钱")

    assert likeness(asked, near) > likeness(asked, far)


@pytest.mark.parametrize(("text", "known"), [("年金谁出钱", 1.0), ("念进谁出前", 1.0), ("螺蛳粉", 0.0), ("", 0.0)])
def test_known_is_the_share_of_sounds_that_training_has_seen(text: str, known: float) -> None:
    # With every pair of sounds kept, whatever training has seen counts as known.
    seen = Featuriser.fit([*TEXTS, *TEXTS], Lexicon([]))

    assert seen.vector(text).known == known


def test_matrix_has_a_row_for_each_text(featuriser: Featuriser) -> None:
    matrix = featuriser.matrix(TEXTS)

    assert matrix.shape == (len(TEXTS), featuriser.size)
    assert sorted(matrix[1].indices.tolist()) == sorted(featuriser.vector(TEXTS[1]).columns.tolist())


def test_vectors_of_the_training_texts_are_those_of_the_texts_one_by_one() -> None:
    lexicon = Lexicon([WordList("level", {"技师": (), "高级技师": ()}), WordList("what", {"补贴": ()})])

    fitted, vectors = Featuriser.fit_vectors([*TEXTS, ""], lexicon)

    for text, vector in zip([*TEXTS, ""], vectors, strict=True):
        single = fitted.vector(text)
        order, other = np.argsort(vector.columns), np.argsort(single.columns)
        assert vector.columns[order].tolist() == single.columns[other].tolist()
        assert vector.values[order] == pytest.approx(single.values[other])
        assert vector.known == single.known


def test_pairs_of_words_are_terms_whatever_their_order() -> None:
    lexicon = Lexicon([WordList("level", {"技师": ()}), WordList("what", {"补贴": ()})])

    fitted = Featuriser.fit(["技师的补贴", "补贴给技师"], lexicon)

    assert list(fitted.vocabularies["pairs"].columns) == ["level=技师&what=补贴"]

"""The linear model on a small task that it can learn."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.nlu import linear
from bot.nlu.features import Featuriser, Vector
from bot.nlu.lexicon import Lexicon
from bot.nlu.linear import LinearModel

QUESTIONS = {
    "ask/annuity": ("年金谁出钱", "年金怎么交", "企业年金有吗", "年金是什么", "年金交多少", "厂里给年金吗"),
    "ask/prize": ("金牌奖多少", "拿金牌给钱吗", "金牌奖金怎么领", "世赛金牌奖励", "得金牌有啥奖", "金牌奖几万"),
    "chat/greet": ("你好", "您好啊", "你好呀", "在吗你好", "你好在不在", "师傅你好"),
}


@pytest.fixture(scope="module")
def featuriser() -> Featuriser:
    return Featuriser.fit([text for texts in QUESTIONS.values() for text in texts], Lexicon([]))


@pytest.fixture(scope="module")
def model(featuriser: Featuriser) -> LinearModel:
    rows = [(text, label) for label, texts in QUESTIONS.items() for text in texts]
    # Some that cannot be told apart, so that the calibration has something to learn.
    rows += [("随便问问", label) for label in QUESTIONS for _ in range(6)]
    vectors = [featuriser.vector(text) for text, _ in rows]
    known = np.array([vector.known for vector in vectors], dtype=np.float32)
    texts = [text for text, _ in rows]
    # Each row is a group of its own, also where texts repeat.
    groups = [f"{number} {text}" for number, text in enumerate(texts)]
    return linear.train(featuriser.matrix(texts), [label for _, label in rows], known, groups)


@pytest.mark.parametrize(
    ("text", "label"), [("我们厂年金谁给", "ask/annuity"), ("金牌给多少奖", "ask/prize"), ("你好啊", "chat/greet")]
)
def test_unseen_question_has_its_label_as_best_guess(
    featuriser: Featuriser, model: LinearModel, text: str, label: str
) -> None:
    assert model.guesses(featuriser.vector(text))[0].label == label


def test_guesses_are_likelihoods_best_first(featuriser: Featuriser, model: LinearModel) -> None:
    for text in ("年金谁出钱", "随便问问", "年金和金牌", "xyz"):
        confidences = [guess.confidence for guess in model.guesses(featuriser.vector(text))]

        assert all(0 <= confidence <= 1 for confidence in confidences)
        assert confidences == pytest.approx(sorted(confidences, reverse=True))
        assert sum(confidences) <= 1.0001 or confidences[0] < 0.5


def test_what_was_learnt_is_surer_than_what_was_not(featuriser: Featuriser, model: LinearModel) -> None:
    sure, unsure = (model.guesses(featuriser.vector(text))[0] for text in ("企业年金谁出钱", "随便问问"))

    assert sure.confidence > unsure.confidence


def test_text_without_a_known_feature_has_the_bias_as_scores(model: LinearModel) -> None:
    assert model.scores(Vector(np.zeros(0, np.int32), np.zeros(0, np.float32), 0.0)).tolist() == model.bias.tolist()


def test_feature_speaks_for_the_labels_it_was_seen_with() -> None:
    features = csr_matrix(np.array([[1, 0], [1, 0], [1, 1]], dtype=np.float32))

    bayes = linear.naive_bayes(features, np.array([0, 0, 1])).toarray()

    assert bayes[0, 0] > bayes[0, 1] > 0
    assert (bayes[1, 0], bayes[1, 1] > 0) == (0, True)

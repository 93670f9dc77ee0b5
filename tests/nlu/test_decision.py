"""What to do with a message: the surest cases, with a model whose scores are the vector itself."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.nlu.context import ContextWeights
from bot.nlu.decision import CHOOSE, CLARIFY, ELSEWHERE, Decision, Named, Thresholds, decide
from bot.nlu.features import Vector
from bot.nlu.linear import LinearModel
from bot.nlu.reading import Context, Reading

LABELS = ("ask/annuity", "ask/prize", "chat/greet", "handoff")
# The confidence of a score s is 1 / (1 + exp(2 - 4 s)): 1.0 is sure, 0.4 is not, and 0.0 is hopeless.
CALIBRATION = np.array([4, 0, 0, -2], dtype=np.float32)
MODEL = LinearModel(LABELS, csr_matrix(np.eye(4, dtype=np.float32)), np.zeros(4, dtype=np.float32), CALIBRATION)


def decided(*scores: float, named: Named | None = None, length: int = 9) -> Decision:
    vector = Vector(np.arange(4, dtype=np.int32), np.array(scores, dtype=np.float32), 1.0)
    reading = Reading(alone=vector, own_content=9, length=length)
    return decide(MODEL, reading, named or {}, Thresholds(), ContextWeights())


@pytest.mark.parametrize("place", range(4))
def test_sure_guess_is_acted_on(place: int) -> None:
    scores = [-1.0] * 4
    scores[place] = 1.0

    found = decided(*scores)

    assert (found.label, found.also, found.follows) == (LABELS[place], None, False)
    assert found.confidence > 0.8


def test_unsure_topics_are_offered() -> None:
    found = decided(0.4, 0.38, -1, -1)

    assert found.label == CLARIFY
    assert [guess.label for guess in found.ranking[:2]] == ["ask/annuity", "ask/prize"]


def test_hopeless_guess_is_not_covered() -> None:
    assert decided(0.0, -0.1, -1, -1).label.startswith("oos/")


def test_number_of_a_choice_comes_before_any_guess() -> None:
    assert decided(1, -1, -1, -1, named={"choice": ["2"]}).label == CHOOSE


def test_confidences_of_the_ranking_are_shares() -> None:
    confidences = [guess.confidence for guess in decided(0.4, 0.38, 0.1, -1).ranking]

    assert confidences == pytest.approx(sorted(confidences, reverse=True))
    assert all(0 <= confidence <= 1 for confidence in confidences)


@pytest.mark.parametrize(("length", "label"), [(1, CLARIFY), (3, CLARIFY), (4, "ask/annuity")])
def test_bare_word_is_asked_back(length: int, label: str) -> None:
    found = decided(1, -1, -1, -1, length=length)

    assert (found.label, found.ranking[0].label) == (label, "ask/annuity")


def test_bare_word_that_asks_for_no_topic_is_acted_on() -> None:
    assert decided(-1, -1, 1, -1, length=2).label == "chat/greet"


@pytest.mark.parametrize(
    ("regions", "taken"), [([], False), (["本省"], False), (["本省", "外省"], False), (["外省"], True)]
)
def test_another_province_has_to_be_named(regions: list[str], taken: bool) -> None:
    model = LinearModel((ELSEWHERE, *LABELS[:3]), MODEL.weights, MODEL.bias, CALIBRATION)
    vector = Vector(np.arange(4, dtype=np.int32), np.array([1, 0.9, -1, -1], dtype=np.float32), 1.0)

    found = decide(model, Reading(vector, 9, 9), {"region": regions}, Thresholds(), ContextWeights())

    assert (found.label == ELSEWHERE) is taken
    assert (ELSEWHERE in {guess.label for guess in found.ranking}) is taken


@pytest.mark.parametrize(
    ("scores", "label"),
    [
        ((-1, 1, -1, -1), "ask/annuity"),
        ((-1, -1, 1, -1), "ask/annuity"),
        ((-1, -1, -1, 2), "handoff"),
    ],
)
def test_question_words_alone_follow_the_last_topic_but_for_a_person(scores: tuple[float, ...], label: str) -> None:
    vector = Vector(np.arange(4, dtype=np.int32), np.array(scores, dtype=np.float32), 1.0)
    weak = Vector(np.arange(4, dtype=np.int32), np.zeros(4, dtype=np.float32), 1.0)
    context = Context("annuity", "高级技师有年金吗")
    reading = Reading(vector, length=4, aspects=("fund",), context=context, in_context=weak)

    assert decide(MODEL, reading, {}, Thresholds(), ContextWeights()).label == label


@pytest.mark.parametrize(("caution", "label"), [(0.0, "ask/annuity"), (0.2, "oos/far")])
def test_what_the_paper_does_not_answer_wins_a_close_race(caution: float, label: str) -> None:
    model = LinearModel(("ask/annuity", "oos/far", *LABELS[2:]), MODEL.weights, MODEL.bias, CALIBRATION)
    vector = Vector(np.arange(4, dtype=np.int32), np.array([1, 0.9, -1, -1], dtype=np.float32), 1.0)

    found = decide(model, Reading(vector, 9, 9), {}, Thresholds(caution=caution), ContextWeights())

    assert found.ranking[0].label == label


def test_province_that_is_ruled_out_leaves_its_place_to_the_next() -> None:
    model = LinearModel((ELSEWHERE, *LABELS[:3]), MODEL.weights, MODEL.bias, CALIBRATION)
    vector = Vector(np.arange(4, dtype=np.int32), np.array([1, 0.9, -1, -1], dtype=np.float32), 1.0)

    found = decide(model, Reading(vector, 9, 9), {}, Thresholds(), ContextWeights())

    assert found.label == "ask/annuity"
    assert found.confidence > 0.5

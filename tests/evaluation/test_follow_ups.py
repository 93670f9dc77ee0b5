"""Weights are learnt from conversations, on a model whose scores are counted characters."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.evaluation.cases import Case, Turn
from bot.evaluation.follow_ups import SWITCHES, learn, situations, switches
from bot.nlu.context import chances
from bot.nlu.features import Vector
from bot.nlu.linear import LinearModel
from bot.nlu.reading import Context, Reading

LABELS = ("ask/annuity", "ask/prize", "oos/far")
MODEL = LinearModel(
    LABELS, csr_matrix(np.eye(3, dtype=np.float32)), np.zeros(3, dtype=np.float32), np.zeros(4, dtype=np.float32)
)
TALK = Case("f-1", "followup", (Turn("年金", ("annuity",)), Turn("谁出", ("annuity",)), Turn("奖奖", ("prize",))))
AWAY = Case("f-2", "followup", (Turn("年金", ("annuity",)), Turn("雨雨", ()), Turn("谁出", ("annuity",))))
SINGLE = [Case("c-1", "fact", (Turn("年金", ("annuity",)),)), Case("o-1", "oos", (Turn("雨", ()),))]


def vector(text: str) -> Vector:
    scores = [float(text.count(sign)) for sign in "年奖雨"]
    return Vector(np.arange(3, dtype=np.int32), np.array(scores, dtype=np.float32), 1.0)


class Reader:
    """Remembers in which context each text was read."""

    def __init__(self) -> None:
        self.contexts: list[tuple[str, str, str]] = []

    def read(self, text: str, context: Context) -> Reading:
        self.contexts.append((text, context.topic, context.text))
        own_content = sum(text.count(sign) for sign in "年奖雨") * 3
        return Reading(vector(text), own_content, len(text), context=context, in_context=vector(context.text + text))


def family(topic: str) -> tuple[str, ...]:
    return ("prize",) if topic == "annuity" else ()


def test_every_message_after_an_answer_is_read_in_its_light() -> None:
    reader = Reader()

    found = list(situations([TALK, AWAY, *SINGLE], MODEL, reader.read, family))

    assert reader.contexts == [
        ("谁出", "annuity", "年金"),
        ("奖奖", "annuity", "年金 谁出"),
        ("雨雨", "annuity", "年金"),
        ("谁出", "annuity", "年金"),
    ]
    assert [one.right.tolist() for one in found] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
        [True, False, False],
    ]


def test_switches_pair_a_question_that_has_a_topic_with_any_other() -> None:
    found = switches([*SINGLE, TALK])

    assert len(found) == SWITCHES
    assert {case.turns[0].say for case in found} == {"年金"}
    assert {case.turns[1].say for case in found} == {"年金", "雨"}
    assert switches([*SINGLE, TALK]) == found


def test_without_a_topic_there_is_nothing_to_switch_from() -> None:
    assert switches(SINGLE[1:]) == []


def test_learnt_weights_tell_follow_ups_from_questions_of_their_own() -> None:
    reader = Reader()

    weights = learn(list(situations([TALK, AWAY] * 20, MODEL, reader.read, family)))

    for text, likeliest in (("谁出", 0), ("奖奖", 1), ("雨雨", 2)):
        reading = reader.read(text, Context("annuity", "年金", ("prize",)))
        likely = chances(MODEL, reading, MODEL.scores(reading.alone), weights)
        assert int(likely.argmax()) == likeliest
        assert float(likely[likeliest]) == pytest.approx(1, abs=0.3)

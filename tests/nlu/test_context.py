"""How the question before changes what a message is likely to mean."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.assistant.training import NLU_DATA
from bot.nlu import context
from bot.nlu.context import ContextWeights, chances, evidence
from bot.nlu.features import Vector
from bot.nlu.linear import LinearModel
from bot.nlu.reading import Context, Reading

LABELS = ("ask/annuity", "ask/prize", "oos/far")
MODEL = LinearModel(
    LABELS, csr_matrix(np.eye(3, dtype=np.float32)), np.zeros(3, dtype=np.float32), np.zeros(4, dtype=np.float32)
)
NOTHING = ContextWeights(**dict.fromkeys(ContextWeights.__struct_fields__, 0.0))


def vector(*scores: float) -> Vector:
    return Vector(np.arange(3, dtype=np.int32), np.array(scores, dtype=np.float32), 1.0)


READING = Reading(
    vector(0.1, 0.2, 0.3), 4, 12, context=Context("annuity", "年金", ("prize",)), in_context=vector(1, 2, 3)
)

ALONE = MODEL.scores(READING.alone)


def column(name: str, reading: Reading = READING) -> list[float]:
    found = evidence(MODEL, reading, MODEL.scores(reading.alone))[:, ContextWeights.__struct_fields__.index(name)]
    return [float(value) for value in found]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("alone", [0.1, 0.2, 0.3]),
        ("alone_light", [0.05, 0.1, 0.15]),
        ("composed_light", [0.5, 1, 1.5]),
        ("composed_replacing", [0, 0, 0]),
        ("same", [1, 0, 0]),
        ("same_light", [0.5, 0, 0]),
        ("same_short", [0.5, 0, 0]),
        ("same_whether", [0, 0, 0]),
        ("same_known", [1, 0, 0]),
        ("same_replacing", [0, 0, 0]),
        ("family", [0, 1, 0]),
        ("family_short", [0, 0.5, 0]),
        ("family_turning", [0, 0, 0]),
        ("next", [0, 1, 0]),
        ("far", [0, 0, 1]),
        ("far_light", [0, 0, 0.5]),
        ("far_asked", [0, 0, 0]),
        ("outside", [0, 0, 0.3]),
    ],
)
def test_each_weight_has_its_column(name: str, expected: list[float]) -> None:
    assert column(name) == pytest.approx(expected)


def test_nothing_counts_more_than_in_full() -> None:
    short = replace(READING, own_content=0, length=1)

    assert (column("same_light", short), column("same_short", short)) == ([1, 0, 0], [1, 0, 0])


def test_wording_counts_for_the_topic_or_its_neighbours() -> None:
    asked = replace(READING, whether=True, turning=True, aspects=("fund",))

    assert (column("same_whether", asked), column("family_turning", asked)) == ([1, 0, 0], [0, 1, 0])
    assert column("far_asked", asked) == [0, 0, 1]


def test_another_thing_of_a_kind_counts_for_the_question_with_it_put_in() -> None:
    replacing = replace(READING, replaces=True)

    assert (column("composed_replacing", replacing), column("same_replacing", replacing)) == ([1, 2, 3], [1, 0, 0])


def test_what_is_no_topic_counts_by_its_own_score() -> None:
    model = replace(MODEL, labels=("ask/annuity", "chat/thanks", "oos/far"))

    found = evidence(model, READING, model.scores(READING.alone))

    assert found[:, -1].tolist() == pytest.approx([0, 0.2, 0.3])


def test_topic_is_no_neighbour_of_its_own() -> None:
    reading = replace(READING, context=Context("annuity", "年金", ("annuity", "prize")))

    assert column("family", reading) == [0, 1, 0]


def test_nearer_neighbours_count_more() -> None:
    reading = replace(READING, context=Context("other", "年金", ("prize", "annuity")))

    further, nearest, _ = column("next", reading)

    assert nearest == 1 > further > 0


def test_chances_are_shares_that_grow_with_the_weights() -> None:
    even = chances(MODEL, READING, ALONE, NOTHING)
    same = chances(MODEL, READING, ALONE, msgspec.structs.replace(NOTHING, same=2.0))

    assert even == pytest.approx([1 / 3] * 3)
    assert float(same.sum()) == pytest.approx(1)
    assert same[0] > even[0] > same[1]


def test_reading_without_a_context_is_refused() -> None:
    with pytest.raises(ValueError, match="no context"):
        evidence(MODEL, Reading(vector(1, 2, 3)), MODEL.bias)


def test_shipped_weights_can_be_read() -> None:
    assert context.read(NLU_DATA / "context.yml").alone > 0


def test_weight_of_another_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "context.yml"
    path.write_text("weird: 1\n", encoding="utf-8")

    with pytest.raises(msgspec.ValidationError, match="weird"):
        context.read(path)

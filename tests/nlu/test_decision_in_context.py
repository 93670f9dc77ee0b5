"""What the question before, and the clauses of a message, do to the decision."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
import pytest

from bot.nlu.context import ContextWeights
from bot.nlu.decision import CLARIFY, ELSEWHERE, Decision, Named, Thresholds, decide
from bot.nlu.features import Vector
from bot.nlu.reading import Context, Reading

from .test_decision import MODEL

ANNUITY, PRIZE, GREET = (1, -1, -1, -1), (-1, 1, -1, -1), (-1, -1, 1, -1)
AFTER_ANNUITY = Context("annuity", "年金")
THRESHOLDS = Thresholds(answer=0.5, follow=0.4, offer=0.08, refuse=0.2, part=0.75, both=0.1)
WEIGHTS = ContextWeights(
    alone=5,
    alone_light=0,
    composed_light=2,
    composed_replacing=0,
    same=0,
    same_light=2,
    same_short=2,
    same_known=0,
    same_replacing=0,
    family=0,
    family_short=1,
    next=0,
    outside=0,
)


def vector(scores: Sequence[float]) -> Vector:
    return Vector(np.arange(4, dtype=np.int32), np.array(scores, dtype=np.float32), 1.0)


def follow_up(
    *scores: float, own_content: int = 0, length: int = 6, context: Context = AFTER_ANNUITY, named: Named | None = None
) -> Decision:
    """After a question about annuities, whose words make the message look like one about annuities."""
    reading = Reading(vector(scores), own_content, length, context=context, in_context=vector(ANNUITY))
    return decide(MODEL, reading, named or {}, THRESHOLDS, WEIGHTS)


def clauses(*parts: Sequence[float], whole: Sequence[float], joined: bool = False) -> Decision:
    reading = Reading(vector(whole), 30, 40, parts=tuple(map(vector, parts)), joined=joined)
    return decide(MODEL, reading, {}, THRESHOLDS, WEIGHTS)


def test_light_message_is_carried_by_the_question_before() -> None:
    found = follow_up(0, 0.2, -1, -1)

    assert (found.label, found.follows, found.light) == ("ask/annuity", True, True)


def test_follow_up_needs_less_confidence() -> None:
    found = follow_up(-0.5, 1.0, 1.0, -1)

    assert (found.label, found.follows) == ("ask/annuity", True)
    assert THRESHOLDS.follow < found.confidence < THRESHOLDS.answer


def test_message_of_its_own_keeps_its_own_topic() -> None:
    found = follow_up(-1, 1, -1, -1, own_content=9)

    assert (found.label, found.follows, found.light) == ("ask/prize", False, False)


def test_unclear_message_with_content_is_carried_but_not_light() -> None:
    found = follow_up(0.3, 0.35, -1, -1, own_content=3)

    assert (found.label, found.follows, found.light) == ("ask/annuity", True, False)


@pytest.mark.parametrize(("length", "follows"), [(9, True), (100, False)])
def test_context_fades_with_the_length(length: int, follows: bool) -> None:
    assert follow_up(0.3, 0.8, -1, -1, own_content=length, length=length).follows is follows


def test_family_of_the_topic_is_nearer_than_others() -> None:
    family = Context("gone", "x", ("prize",))
    reading = Reading(vector((0.5, 0.4, -1, -1)), 0, 4, context=family, in_context=vector((0, 0, 0, 0)))

    assert decide(MODEL, reading, {}, THRESHOLDS, WEIGHTS).ranking[0].label == "ask/prize"


def test_clear_small_talk_is_left_alone() -> None:
    found = follow_up(-0.5, -1, 1.0, -1, own_content=5)

    assert (found.label, found.follows) == ("chat/greet", False)


@pytest.mark.parametrize(("outside", "label"), [(0, "ask/annuity"), (4, "chat/greet")])
def test_short_small_talk_is_told_by_its_own_score(outside: float, label: str) -> None:
    reading = Reading(vector((-0.5, -1, 0.7, -1)), 2, 6, context=AFTER_ANNUITY, in_context=vector(ANNUITY))

    found = decide(MODEL, reading, {}, THRESHOLDS, msgspec.structs.replace(WEIGHTS, outside=outside))

    assert found.label == label


def test_short_word_is_taken_for_a_follow_up_and_not_asked_back() -> None:
    assert follow_up(0.5, -1, -1, -1, own_content=2, length=2).label == "ask/annuity"


def test_number_is_a_choice_also_after_an_answer() -> None:
    assert follow_up(0, 0, 0, 0, named={"choice": ["2"]}).label == "choose"


@pytest.mark.parametrize(
    ("regions", "scores", "label"),
    [
        ({"外省"}, ANNUITY, ELSEWHERE),
        ({"外省"}, GREET, "chat/greet"),
        ({"外省", "本省"}, ANNUITY, "ask/annuity"),
        ({"本省"}, ANNUITY, "ask/annuity"),
    ],
)
def test_another_province_is_refused(regions: set[str], scores: Sequence[float], label: str) -> None:
    reading = Reading(vector(scores), 9, 9)

    found = decide(MODEL, reading, {"region": regions}, THRESHOLDS, WEIGHTS)

    assert found.label == label


def test_another_province_is_refused_in_a_follow_up_too() -> None:
    assert follow_up(0, 0, -1, -1, named={"region": {"外省"}}).label == ELSEWHERE


@pytest.mark.parametrize(
    ("whole", "joined"), [((0.6, 0.55, -1, -1), False), (ANNUITY, True)], ids=["whole speaks for both", "joined"]
)
def test_two_questions_are_both_answered(whole: Sequence[float], joined: bool) -> None:
    found = clauses(ANNUITY, PRIZE, whole=whole, joined=joined)

    assert (found.label, found.also) == ("ask/annuity", "ask/prize")


def test_clause_that_the_whole_does_not_speak_for_is_no_question() -> None:
    found = clauses(ANNUITY, PRIZE, whole=ANNUITY)

    assert (found.label, found.also) == ("ask/annuity", None)


def test_two_clauses_of_one_topic_are_one_question() -> None:
    assert clauses(ANNUITY, ANNUITY, whole=ANNUITY, joined=True).also is None


def test_clause_of_a_long_story_is_its_question() -> None:
    found = clauses(GREET, PRIZE, (0, 0, 0, 0), whole=(0, 0, -1, -1))

    assert (found.label, found.also, found.follows) == ("ask/prize", None, False)
    assert found.confidence > 0.8


def test_story_without_a_sure_clause_stays_unsure() -> None:
    assert clauses((0.4, -1, -1, -1), GREET, whole=(0.4, 0.38, -1, -1)).label == CLARIFY

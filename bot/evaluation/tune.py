"""Chooses thresholds on development questions: a wrong answer costs much more than asking back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.run import Judged, Outcome, judge
from bot.nlu.decision import Thresholds, taken
from bot.nlu.linear import Guess

COST = {Outcome.RIGHT: 0.0, Outcome.ASKED: 1.0, Outcome.MISSED: 1.5, Outcome.WRONG: 5.0}
"""What a worker loses by each outcome; a wrong figure costs him money."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Thresholds, their mean cost and the share of each outcome on the development questions."""

    thresholds: Thresholds
    cost: float
    shares: dict[Outcome, float]


def choose(judged: Sequence[Judged]) -> Choice:
    """The thresholds of least cost on first turns.

    Among equals it is the `answer` in the middle, where questions that nobody has seen have room on both sides.
    """
    steps = [step / 20 for step in range(4, 20)]
    candidates = [
        Thresholds(answer=answer, refuse=refuse)
        for answer in steps
        for refuse in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4)
        if refuse <= answer
    ]
    choices = [_choice(candidate, judged) for candidate in candidates]
    least = min(choice.cost for choice in choices)
    equals = [choice for choice in choices if choice.cost == least]
    middle = equals[len(equals) // 2].thresholds.answer
    return next(choice for choice in equals if choice.thresholds.answer == middle)


def _choice(thresholds: Thresholds, judged: Sequence[Judged]) -> Choice:
    outcomes = [
        _outcome(one, thresholds)
        for one in judged
        if one.turn is one.case.turns[0] and one.understanding.ranking and one.understanding.intent != "choose"
    ]
    shares = {outcome: outcomes.count(outcome) / len(outcomes) for outcome in Outcome}
    return Choice(thresholds, sum(COST[outcome] for outcome in outcomes) / len(outcomes), shares)


def _outcome(one: Judged, thresholds: Thresholds) -> Outcome:
    if one.understanding.also is not None or one.understanding.label == "other_province":
        return one.outcome
    ranking = [Guess(label, confidence) for label, confidence in one.understanding.ranking]
    label, confidence = taken(ranking[0], ranking, thresholds, thresholds.answer)
    intent, _, name = label.partition("/")
    understanding = type(one.understanding)(intent, name or None, confidence)
    return judge(one.case.kind, one.turn, understanding)

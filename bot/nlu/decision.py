"""From a reading to what is to be done: answer one topic or two, ask back, or say that it is not covered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from bot.nlu import context
from bot.nlu.context import ASK, LIGHT, ContextWeights
from bot.nlu.linear import Guess, LinearModel
from bot.nlu.reading import Reading

CLARIFY, UNKNOWN, CHOOSE, ELSEWHERE = "clarify", "oos/unknown", "choose", "oos/other_province"
STAND_ALONE = ("handoff", "more", "benefits")
"""Labels that a message of nothing but question words may have by itself: 电话多少, 还有啥, 我能领啥."""
MOST = 8
"""Labels that a ranking holds."""
Named = Mapping[str, Collection[str]]
"""The values of each entity in the message."""


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Confidences, 0 to 1, that a message needs for what is done with it.

    `answer`: a label is taken at its word; `follow`: the same for a message that the question before it explains, where
    even a wrong guess lies next to what is talked about; `offer`: a topic is offered as a choice, where the best one
    has at least `refuse`; `part`: a clause is taken for a question of its own; `both`: the whole speaks for each of two
    clauses. `caution` is added to the score of every label that is no topic, since a wrong answer costs most. A message
    of at most `bare` characters names a field and not a question (补贴, 年金), so it is asked back.
    """

    answer: float = 0.5
    follow: float = 0.4
    offer: float = 0.08
    refuse: float = 0.2
    part: float = 0.75
    both: float = 0.1
    caution: float = 0.5
    bare: int = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """The label to act on, a second topic that the message asks for too, and the ranking behind it.

    `follows` says that the message was understood only from the question before it; `light`, that it says nothing of
    its own besides.
    """

    label: str
    confidence: float
    ranking: tuple[Guess, ...]
    also: str | None = None
    follows: bool = False
    light: bool = False


def decide(
    model: LinearModel, reading: Reading, named: Named, thresholds: Thresholds, weights: ContextWeights
) -> Decision:
    """What to do with a message: a mere number chooses; another province is never answered with this one's figures."""
    light = reading.own_content <= LIGHT
    elsewhere = set(named.get("region", ())) == {"外省"}
    ranking, follows = _ranking(model, reading, thresholds.caution, weights, () if elsewhere else (ELSEWHERE,))
    best = ranking[0]
    if "choice" in named:
        return Decision(CHOOSE, 1.0, ranking)
    if elsewhere and best.label.startswith(ASK):
        return Decision(ELSEWHERE, 1.0, ranking)
    says_more = bool(named or reading.aspects or reading.context)
    if reading.length <= thresholds.bare and best.label.startswith(ASK) and not says_more:
        return Decision(CLARIFY, best.confidence, ranking)
    only_a_side = reading.own_content == 0 and reading.aspects and not named
    if reading.context is not None and only_a_side and best.label not in STAND_ALONE:
        # 钱从哪出 and nothing else can only be about the topic that was answered last.
        return Decision(ASK + reading.context.topic, best.confidence, ranking, None, follows=True, light=True)
    asked = [] if follows else _asked_in_parts(model, reading, thresholds)
    # A clause of a story may look like a question of its own: the whole has to speak for both.
    both = [guess for guess in asked if reading.joined or _share(guess.label, ranking) >= thresholds.both]
    if len(both) > 1:
        return Decision(both[0].label, both[0].confidence, ranking, both[1].label)
    if best.confidence < thresholds.answer and asked:
        best = asked[0]
    needed = thresholds.follow if follows else thresholds.answer
    return Decision(*taken(best, ranking, thresholds, needed), ranking, None, follows, follows and light)


def taken(best: Guess, ranking: Sequence[Guess], thresholds: Thresholds, needed: float) -> tuple[str, float]:
    """The label to act on for the best guess of a ranking, taken at its word from the confidence `needed`."""
    if best.confidence >= needed:
        return best.label, best.confidence
    topics = [guess for guess in ranking if guess.label.startswith(ASK) and guess.confidence >= thresholds.offer]
    if topics and best.label.startswith(ASK) and best.confidence >= thresholds.refuse:
        return CLARIFY, best.confidence
    if not best.label.startswith(ASK):
        return best.label, best.confidence
    return UNKNOWN, 1 - best.confidence


def _ranking(
    model: LinearModel, reading: Reading, caution: float, weights: ContextWeights, ruled_out: Collection[str]
) -> tuple[tuple[Guess, ...], bool]:
    """The likeliest labels, and whether it took the question before to find the first."""
    alone = model.scores(reading.alone)
    possible = np.array([label not in ruled_out for label in model.labels])
    if reading.context is None:
        alone = alone + caution * np.array([not label.startswith(ASK) for label in model.labels])
        found = model.ranking(np.where(possible, alone, -np.inf), reading.alone.known)
        return tuple(guess for guess in found if guess.label not in ruled_out), False
    likely = context.chances(model, reading, alone, weights) * possible
    order = np.argsort(-likely)[:MOST]
    follows = reading.own_content <= LIGHT or order[0] != np.where(possible, alone, -np.inf).argmax()
    return tuple(Guess(model.labels[n], float(likely[n])) for n in order if possible[n]), bool(follows)


def _share(label: str, ranking: Sequence[Guess]) -> float:
    return next((guess.confidence for guess in ranking if guess.label == label), 0.0)


def _asked_in_parts(model: LinearModel, reading: Reading, thresholds: Thresholds) -> list[Guess]:
    """The topics that clauses ask for by themselves, in their order, each once."""
    found: dict[str, Guess] = {}
    for part in reading.parts:
        guess = model.guesses(part)[0]
        if guess.label.startswith(ASK) and guess.confidence >= thresholds.part:
            found.setdefault(guess.label, guess)
    return list(found.values())

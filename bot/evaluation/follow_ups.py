"""Learns from conversations how much the question before counts; see ContextWeights in bot/nlu/context.py."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.evaluation.cases import Case, Turn
from bot.nlu.context import ASK, LIGHT, ContextWeights, evidence
from bot.nlu.linear import LinearModel
from bot.nlu.reading import Context, Reading

SWITCHES = 400
"""Pairs of questions that have nothing to do with each other, beside the conversations."""
SEED = 1
RESTRAINT = 0.15
"""How strongly weights are held near zero, so that a few odd conversations do not drive one far away."""

Read = Callable[[str, Context], Reading]
Family = Callable[[str], tuple[str, ...]]
Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Situation:
    """A message after an answer: what speaks for each label, and which labels are right."""

    evidence: Doubles
    right: NDArray[np.bool_]


def switches(cases: Sequence[Case]) -> list[Case]:
    """Conversations that change the subject: a question with a topic, then any other one; the same ones every time."""
    chance = random.Random(SEED)  # noqa: S311 - Nothing secret hangs on it.
    single = [case for case in cases if len(case.turns) == 1]
    first = [case for case in single if case.turns[0].topics]
    if not first:
        return []
    pairs = [(chance.choice(first), chance.choice(single)) for _ in range(SWITCHES)]
    return [Case(f"{one.id}+{other.id}", "followup", (one.turns[0], other.turns[0])) for one, other in pairs]


def situations(cases: Sequence[Case], model: LinearModel, read: Read, family: Family) -> Iterator[Situation]:
    """Every message that follows an answer, as if all before it had been understood."""
    for case in cases:
        context: Context | None = None
        for turn in case.turns:
            if context is None:
                follows = False
            else:
                reading = read(turn.say, context)
                alone = model.scores(reading.alone)
                yield Situation(evidence(model, reading, alone).astype(np.float64), _right(model, turn))
                best = model.labels[int(alone.argmax())]
                follows = reading.own_content <= LIGHT or best.removeprefix(ASK) not in turn.topics
            if turn.topics:
                context = _after(turn, context, family, follows=follows)


def learn(found: Sequence[Situation]) -> ContextWeights:
    """The weights that make the right labels likeliest (a conditional logit with a ridge)."""
    stacked = np.stack([one.evidence for one in found])
    right = np.stack([one.right for one in found])

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        odds = stacked @ weights
        shares = np.exp(odds - odds.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        among_right = np.where(right, shares, 0.0)
        chance = np.maximum(among_right.sum(axis=1, keepdims=True), 1e-300)
        slope = np.einsum("nl,nlk->k", shares - among_right / chance, stacked)
        return float(-np.log(chance).sum() + RESTRAINT * weights @ weights), slope + 2 * RESTRAINT * weights

    best = minimize(loss, np.zeros(stacked.shape[2]), jac=True, method="L-BFGS-B").x
    return ContextWeights(*(round(float(weight), 2) + 0.0 for weight in best))  # A sum has no -0.0.


def _right(model: LinearModel, turn: Turn) -> NDArray[np.bool_]:
    """The labels of the turn's topics, or all that are no topic where it has none."""
    wanted = {ASK + topic for topic in turn.topics}
    return np.array([label in wanted if wanted else not label.startswith(ASK) for label in model.labels])


def _after(turn: Turn, before: Context | None, family: Family, *, follows: bool) -> Context:
    """What the next message is read in the light of."""
    topic = before.topic if before is not None and before.topic in turn.topics else turn.topics[0]
    asked = f"{before.text} {turn.say}" if before is not None and follows else turn.say
    return Context(topic, asked, family(topic))

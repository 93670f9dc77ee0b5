"""What to do with a guess: answer, ask back, or say that the question is not covered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec

from bot.nlu.linear import Guess

ASK, CLARIFY, UNKNOWN, CHOOSE, ELSEWHERE = "ask/", "clarify", "oos/unknown", "choose", "oos/other_province"


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Confidence from which a label is taken at its word, and from which a topic is offered as a choice."""

    answer: float = 0.5
    offer: float = 0.08
    refuse: float = 0.2


def decide(guesses: Sequence[Guess], named: Mapping[str, Collection[str]], thresholds: Thresholds) -> Guess:
    """The label to act on: the best guess where it is sure enough; else `clarify` where topics come into question.

    `named` are the values of each entity in the message. A message that is nothing but the number of a choice chooses;
    a question about another province is never answered with this one's figures.
    """
    best = guesses[0]
    if "choice" in named:
        return Guess(CHOOSE, 1.0)
    if best.label.startswith(ASK) and set(named.get("region", ())) == {"外省"}:
        return Guess(ELSEWHERE, 1.0)
    if best.confidence >= thresholds.answer:
        return best
    topics = [guess for guess in guesses if guess.label.startswith(ASK) and guess.confidence >= thresholds.offer]
    if topics and best.label.startswith(ASK) and best.confidence >= thresholds.refuse:
        return Guess(CLARIFY, best.confidence)
    if not best.label.startswith(ASK):
        return best
    return Guess(UNKNOWN, 1 - best.confidence)

"""What to do with a guess: answer, ask back, or say that the question is not covered."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.nlu.linear import Guess

ASK, CLARIFY, UNKNOWN, CHOOSE = "ask/", "clarify", "oos/unknown", "choose"


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Confidence from which a label is taken at its word, and from which a topic is offered as a choice."""

    answer: float = 0.5
    offer: float = 0.08
    refuse: float = 0.2


def decide(guesses: Sequence[Guess], chosen: bool, thresholds: Thresholds) -> Guess:
    """The label to act on: the best guess where it is sure enough; else `clarify` where topics come into question.

    `chosen` is whether the message is nothing but the number of a choice.
    """
    best = guesses[0]
    if chosen:
        return Guess(CHOOSE, 1.0)
    if best.confidence >= thresholds.answer:
        return best
    topics = [guess for guess in guesses if guess.label.startswith(ASK) and guess.confidence >= thresholds.offer]
    if topics and best.label.startswith(ASK) and best.confidence >= thresholds.refuse:
        return Guess(CLARIFY, best.confidence)
    if not best.label.startswith(ASK):
        return best
    return Guess(UNKNOWN, 1 - best.confidence)

"""Cases and judged turns in one line."""

from __future__ import annotations

from collections.abc import Sequence

from bot.assistant.port import Understanding
from bot.evaluation.cases import Case, Turn
from bot.evaluation.run import Judged, judge


def case(case_id: str = "c-1", kind: str = "fact", *topics: str, say: str = "年金谁出钱") -> Case:
    """A case of one turn."""
    return Case(case_id, kind, (Turn(say, topics),))


def understood(label: str, confidence: float = 0.9, also: str | None = None) -> Understanding:
    """An understanding by its full label, which leads the ranking."""
    intent, _, name = label.partition("/")
    return Understanding(intent, name or None, confidence, also, ((label, confidence),))


def judged(one: Case, understanding: Understanding, turn: int = 0) -> Judged:
    """A turn of a case with its outcome."""
    return Judged(one, one.turns[turn], understanding, judge(one.kind, one.turns[turn], understanding))


def guesses(shares: Sequence[tuple[float, bool]]) -> list[Judged]:
    """A fact question for each (confidence, whether it is right)."""
    return [
        judged(case(f"c-{number}", "fact", "annuity" if right else "prize"), understood("ask/annuity", confidence))
        for number, (confidence, right) in enumerate(shares)
    ]

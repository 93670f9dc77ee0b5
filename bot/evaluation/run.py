"""Asks the assistant every case and judges how it understood each turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.assistant.port import Understanding
from bot.evaluation.cases import Case, Turn

Understand = Callable[[str, str], Awaitable[Understanding]]
"""How a text is understood in a conversation: (conversation, text)."""


class Outcome(str, Enum):
    """`WRONG` answers what was not asked, the costliest; `MISSED` refuses what it could answer."""

    RIGHT = "right"
    ASKED = "asked"
    MISSED = "missed"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Judged:
    """One turn, how it was understood, and the outcome."""

    case: Case
    turn: Turn
    understanding: Understanding
    outcome: Outcome


async def run(cases: Sequence[Case], understand: Understand, progress: Callable[[int], None]) -> list[Judged]:
    """Ask every turn in its conversation; `progress` is told how many cases are done."""
    judged = []
    for number, case in enumerate(cases, 1):
        for turn in case.turns:
            understanding = await understand(case.id, turn.say)
            judged.append(Judged(case, turn, understanding, judge(case.kind, turn, understanding)))
        progress(number)
    return judged


def judge(kind: str, turn: Turn, understanding: Understanding) -> Outcome:
    """The outcome of one turn by its topics."""
    if understanding.intent in ("ask", "qualify"):
        given = {understanding.label, understanding.also} - {None}
        return Outcome.RIGHT if given & set(turn.topics) else Outcome.WRONG
    if turn.topics:
        return Outcome.ASKED if understanding.intent == "clarify" else Outcome.MISSED
    if understanding.intent == "clarify":
        return Outcome.ASKED
    return Outcome.RIGHT if kind != "handoff" or understanding.intent == "handoff" else Outcome.MISSED


def by_kind(judged: Sequence[Judged]) -> dict[str, Counter[Outcome]]:
    """The outcomes of cases by kind; a case is as good as its worst turn."""
    worst: dict[str, tuple[str, Outcome]] = {}
    order = list(Outcome)
    for one in judged:
        _, before = worst.get(one.case.id, (one.case.kind, Outcome.RIGHT))
        worst[one.case.id] = (one.case.kind, max(before, one.outcome, key=order.index))
    counts: dict[str, Counter[Outcome]] = {}
    for kind, outcome in worst.values():
        counts.setdefault(kind, Counter())[outcome] += 1
    return counts
